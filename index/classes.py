"""What a message can mean, as columns: which sentence answers it, or why none does."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from index.targets import Targets
from knowledge.bank import BankQuestion, Intent, Need, SmallTalk

Kind = Intent | Need | SmallTalk
UNANSWERED = tuple(kind for kind in Intent if kind is not Intent.ANSWERABLE)
KINDS: tuple[Kind, ...] = (*UNANSWERED, *Need, *SmallTalk)

# Shares of a question's target. What merely may be quoted is a weak example of an answer; a near
# miss is mostly "like this sentence, but not answered by it", so that it parts from its neighbour.
FINE, FIRST_GROUP_AGAIN, NEAR_ITS_SENTENCE = 0.1, 0.5, 0.7


@dataclass(frozen=True)
class Classes:
    """Column i: sentence i answers. Column n + i: a near miss of sentence i. Then a column for
    each of KINDS: a question that has a need counts for its need, not for its intent."""

    sentences: tuple[str, ...]

    def __len__(self) -> int:
        return 2 * len(self.sentences) + len(KINDS)

    def kind_column(self, kind: Kind) -> int:
        return 2 * len(self.sentences) + KINDS.index(kind)

    def targets(self, questions: Sequence[BankQuestion]) -> Targets:
        return Targets.of([self._row(question) for question in questions])

    @cached_property
    def _columns(self) -> Mapping[str, int]:
        return {text: column for column, text in enumerate(self.sentences)}

    def _row(self, question: BankQuestion) -> Mapping[int, float]:
        if question.kind is Intent.ANSWERABLE:
            return self._answered(question)
        return self._unanswered(question)

    def _unanswered(self, question: BankQuestion) -> Mapping[int, float]:
        row: defaultdict[int, float] = defaultdict(float)
        column = self.kind_column(question.need or question.kind)
        row[column] = 1.0 - NEAR_ITS_SENTENCE if question.closest else 1.0
        for text in question.closest:
            near = len(self.sentences) + self._columns[text]
            row[near] += NEAR_ITS_SENTENCE / len(question.closest)
        return row

    def _answered(self, question: BankQuestion) -> Mapping[int, float]:
        row: defaultdict[int, float] = defaultdict(float)
        for group in question.needed:
            for text in group:
                row[self._columns[text]] += 1.0 / len(group)
        if len(question.needed) > 1:
            for text in question.needed[0]:
                row[self._columns[text]] += FIRST_GROUP_AGAIN / len(question.needed[0])
        for text in question.fine:
            row[self._columns[text]] += FINE
        return row
