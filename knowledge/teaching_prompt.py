"""The prompts that ask a person or a language model to write example questions of a policy."""

import hashlib
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from knowledge.policy import Clause, Policy, Sentence, section_name

SENTENCES_A_PART = 20
"""Three questions for each of 20 sentences and their near misses are about 80 lines: as much as
most assistants write in one answer."""
ANSWERABLE_EACH, NEAR_A_PART = 3, 24
AROUND = 20
"""Sentences of the same clauses before and after those of a part that it shows, too."""
MOST_HEADINGS = 200
"""Of the outline: the headings of a long policy would otherwise fill each of its prompts."""

INSTRUCTIONS = """\
You write example questions that teach a search tool a council's policy. Staff, managers and
councillors will ask the tool about this policy in chat.

Write JSON lines and nothing else: one JSON object on each line, no list around them, no comments.

For EACH of the sentences {first} to {last} below write {each} questions that this sentence answers:
{{"question": "...", "role": "staff", "kind": "answerable", "must": [["{example}"]], "ok": []}}
- "must": the ids of the sentences that answer. Alternatives that answer equally well go into one
  inner list; if an answer needs two sentences, give two inner lists.
- "ok": ids of further sentences that may be quoted too.
- "role": who asks: staff, manager or councillor.

Then write {near} near misses: questions on the subject of these sentences that the WHOLE policy
does not answer, neither with yes nor with no. You see the headings of the whole policy and the
full text around these sentences. Ask nothing that another section is likely to answer. The form:
{{"question": "...", "role": "staff", "kind": "near", "closest": ["{example}"]}}
- "closest": the id of the sentence that a careless search would wrongly return.

Write as people type in chat: most of them short, some with a little story, some with typos or
without capitals, some polite, some with a wrong assumption. Use other words than the sentence.
Describe a situation rather than the rule. No two questions may be the same but for a word. Near
misses must not be easier to tell by their words than the questions that have an answer.
Invent no names of real people. Read each line again: does the sentence really answer it?

The policy: {title}
"""
OUTLINE = "Its headings:"
TO_ASK = "Write the lines for the sentences {first} to {last} now."


@dataclass(frozen=True, slots=True)
class Part:
    """A prompt for one answer: `number` of `of`, counted from 1."""

    number: int
    of: int
    text: str


def sentence_ids(policy: Policy) -> dict[str, str]:
    """The text of each sentence by its id ("S12-3fa"), in the policy's order.

    The letters are a digest of the sentence, so that an answer to the prompt of an older version
    is never tied to another sentence. A sentence that is printed twice has the id of its first
    place.
    """
    texts = dict.fromkeys(sentence.text for sentence in _sentences(policy))
    return {f"S{number}-{_digest(text)}": text for number, text in enumerate(texts, start=1)}


class Prompts:
    """The prompts of one policy, each made when it is asked for. Together they ask for questions
    of every sentence; each shows the policy's headings and the clauses of its own sentences."""

    def __init__(self, policy: Policy) -> None:
        self._policy = policy
        self._ids = {text: name for name, text in sentence_ids(policy).items()}
        self._lines = tuple(_lines(policy, self._ids))
        # A sentence that is printed twice is shown where it is printed first.
        self._rows = {line.name: row for row, line in reversed(tuple(enumerate(self._lines)))}
        self._outline = "\n".join(_outline(policy))

    def __len__(self) -> int:
        return math.ceil(len(self._ids) / SENTENCES_A_PART)

    def __iter__(self) -> Iterator[Part]:
        return (self.part(number) for number in range(1, len(self) + 1))

    def part(self, number: int) -> Part:
        """`number` counts from 1. Raises IndexError."""
        if not 1 <= number <= len(self):
            raise IndexError(number)
        begin = (number - 1) * SENTENCES_A_PART
        chunk = list(self._ids.values())[begin : begin + SENTENCES_A_PART]
        return Part(number, len(self), self._text(chunk))

    def _text(self, chunk: Sequence[str]) -> str:
        first, last = chunk[0], chunk[-1]
        near = max(1, round(NEAR_A_PART * len(chunk) / SENTENCES_A_PART))
        instructions = INSTRUCTIONS.format(
            first=first,
            last=last,
            example=first,
            each=ANSWERABLE_EACH,
            near=near,
            title=self._policy.title,
        )
        shown = "\n".join(self._shown([self._rows[name] for name in chunk]))
        to_ask = TO_ASK.format(first=first, last=last)
        return f"{instructions}\n{OUTLINE}\n{self._outline}\n{shown}\n\n{to_ask}\n"

    def _shown(self, rows: Sequence[int]) -> Iterator[str]:
        """The lines of these rows' clauses, below the heading of each clause."""
        clauses = {self._lines[row].clause for row in rows}
        above = None
        for line in self._lines[max(0, rows[0] - AROUND) : rows[-1] + AROUND + 1]:
            if line.clause not in clauses:
                continue
            if line.clause != above:
                above = line.clause
                yield f"\n{_place(self._policy.clauses[above]) or self._policy.title}"
            yield f"[{line.name}] {line.text}"


@dataclass(frozen=True, slots=True)
class _Line:
    """A sentence with its id and the row of its clause."""

    clause: int
    name: str
    text: str


def _lines(policy: Policy, ids: Mapping[str, str]) -> Iterator[_Line]:
    """Each sentence, with the lead-in that it needs to be understood."""
    for row, clause in enumerate(policy.clauses):
        for sentence in clause.sentences:
            lead_in = sentence.lead_in.rpartition("\n")[2]
            under = f" (under: “{lead_in}”)" if lead_in else ""
            yield _Line(row, ids[sentence.text], f"{' '.join(sentence.text.split())}{under}")


def _outline(policy: Policy) -> Iterator[str]:
    headings = list(dict.fromkeys(each.heading for each in policy.clauses if each.heading))
    yield from (f"- {heading}" for heading in headings[:MOST_HEADINGS])
    if len(headings) > MOST_HEADINGS:
        yield f"- and {len(headings) - MOST_HEADINGS} more"


def _place(clause: Clause) -> str:
    return ", ".join(part for part in (section_name(clause.section), clause.heading) if part)


def _sentences(policy: Policy) -> Iterator[Sentence]:
    return (sentence for clause in policy.clauses for sentence in clause.sentences)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:3]
