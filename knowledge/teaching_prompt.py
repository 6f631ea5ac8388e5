"""The prompts that ask a person or a language model to write example questions of a policy."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from knowledge.policy import Policy, Sentence, section_name

SENTENCES_A_PART = 20
"""Three questions for each of 20 sentences and their near misses are about 80 lines: as much as
most assistants write in one answer."""
ANSWERABLE_EACH, NEAR_A_PART = 3, 24

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
does not answer, neither with yes nor with no:
{{"question": "...", "role": "staff", "kind": "near", "closest": ["{example}"]}}
- "closest": the id of the sentence that a careless search would wrongly return.

Write as people type in chat: most of them short, some with a little story, some with typos or
without capitals, some polite, some with a wrong assumption. Use other words than the sentence.
Describe a situation rather than the rule. No two questions may be the same but for a word. Near
misses must not be easier to tell by their words than the questions that have an answer.
Invent no names of real people. Read each line again: does the sentence really answer it?

The policy: {title}
"""
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


def prompts(policy: Policy) -> tuple[Part, ...]:
    """Each holds the whole policy and asks for the questions of some of its sentences."""
    ids = list(sentence_ids(policy))
    chunks = [ids[at : at + SENTENCES_A_PART] for at in range(0, len(ids), SENTENCES_A_PART)]
    listing = "\n".join(_listing(policy))
    return tuple(
        Part(number, len(chunks), _prompt(policy, chunk, listing))
        for number, chunk in enumerate(chunks, start=1)
    )


def _prompt(policy: Policy, chunk: Sequence[str], listing: str) -> str:
    first, last = chunk[0], chunk[-1]
    near = max(1, round(NEAR_A_PART * len(chunk) / SENTENCES_A_PART))
    instructions = INSTRUCTIONS.format(
        first=first,
        last=last,
        example=first,
        each=ANSWERABLE_EACH,
        near=near,
        title=policy.title,
    )
    return f"{instructions}{listing}\n\n{TO_ASK.format(first=first, last=last)}\n"


def _listing(policy: Policy) -> Iterator[str]:
    """The whole policy, each sentence once with its id, below the headings and lead-ins that it
    needs to be understood."""
    by_text = {text: name for name, text in sentence_ids(policy).items()}
    for clause in policy.clauses:
        place = ", ".join(part for part in (section_name(clause.section), clause.heading) if part)
        yield f"\n{place or policy.title}"
        for sentence in clause.sentences:
            name = by_text[sentence.text]
            lead_in = sentence.lead_in.rpartition("\n")[2]
            under = f" (under: “{lead_in}”)" if lead_in else ""
            yield f"[{name}] {' '.join(sentence.text.split())}{under}"


def _sentences(policy: Policy) -> Iterator[Sentence]:
    return (sentence for clause in policy.clauses for sentence in clause.sentences)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:3]
