"""Teaches the policies in force with the example questions that owners gave them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import numpy as np

from answer.teaching import try_out
from app.lessons import IN_BANK, Lesson, Questions, Taught, Unmeasured, tied, unmeasured_because
from index.encoder import Vectors
from index.encoding import Progress
from index.kept_vectors import KeptVectors
from index.query_text import query_text
from index.search import Encoders, Index
from index.taught import with_neighbours, with_taught
from index.taught_policy import Examples, teach
from knowledge.bank import BankQuestion, Intent
from knowledge.policy import Policy
from settings import Settings

MOST_OF_OTHER_SUBJECTS = 150
"""Messages of each sort that tell a policy's subject from others."""
OTHER_SUBJECTS = "questions of other subjects"


class Teacher:
    """Remembers what it taught: a policy whose questions stay the same is not taught again."""

    def __init__(self, settings: Settings, encoders: Encoders) -> None:
        self.encoders = encoders
        folder = settings.data / "taught"
        self._general = KeptVectors(encoders.general, folder / "general")
        self._adapted = KeptVectors(encoders.adapted, folder / "adapted")
        self._remembered: dict[str, tuple[tuple[object, ...], Lesson]] = {}
        self._base: tuple[object, Index] | None = None

    def base(self, made_from: object, build: Callable[[], Index]) -> Index:
        """The index without the taught questions; built only if `made_from` is another than last
        time."""
        if self._base is None or self._base[0] != made_from:
            self._base = made_from, build()
        return self._base[1]

    def teach(
        self, index: Index, questions: Questions, bank: Sequence[BankQuestion], progress: Progress
    ) -> tuple[Index, Taught]:
        """The index that knows the questions, too. A question whose sentence is not in its policy
        any more is left out. A policy with too few questions answers as one without any: a few
        examples make the bot take most other questions for another subject. Raises OSError where
        the vectors cannot be kept."""
        lessons: dict[str, Lesson] = {}
        unmeasured: dict[str, Unmeasured] = {}
        for name, rows in _rows_of_policies(index).items():
            policy = index.passages[rows[0]].policy
            own = tied(policy, questions.get(name, ()))
            reason = unmeasured_because(own, in_bank=bool(index.banked[rows[0]]))
            if reason:
                unmeasured[name] = Unmeasured(own, reason)
            elif own:
                vectors = index.sentence_vectors[rows]
                lessons[name] = self.lesson(policy, own, bank, progress, vectors)
        self._forget_all_but(lessons, questions)
        taught = [lesson.tried.taught for lesson in lessons.values() if lesson.confidence]
        index = self._with_bank_examples(index, unmeasured, progress)
        return with_taught(index, taught), Taught(lessons, unmeasured)

    def lesson(
        self,
        policy: Policy,
        own: tuple[BankQuestion, ...],
        bank: Sequence[BankQuestion],
        progress: Progress,
        sentences: Vectors | None = None,
    ) -> Lesson:
        """What the policy learns from its questions, all of whose sentences it has. `bank` is the
        whole question bank: it tells other subjects from this one. `sentences` are the vectors of
        the policy's sentences by the general encoder, if they were made before."""
        taught_from = (policy, own)
        remembered = self._remembered.get(policy.name)
        if remembered is not None and remembered[0] == taught_from:
            return remembered[1]
        # scikit-learn takes a second to import, and no question needs it.
        from answer.taught_calibration import fit  # noqa: PLC0415 -- see above

        others = of_other_subjects(bank)
        taught = teach(
            self.encoders.general,
            policy,
            _examples(self._general, policy.name, own, progress),
            _examples(self._general, OTHER_SUBJECTS, others, progress),
            sentences,
        )
        lesson = Lesson(*fit(try_out(taught)))
        self._remembered[policy.name] = taught_from, lesson
        return lesson

    def _with_bank_examples(
        self, index: Index, unmeasured: Mapping[str, Unmeasured], progress: Progress
    ) -> Index:
        found = [
            _examples(self._adapted, name, each.questions, progress)
            for name, each in unmeasured.items()
            if each.reason == IN_BANK
        ]
        if not found:
            return index
        questions = tuple(question for each in found for question in each.questions)
        return with_neighbours(
            index, Examples(questions, np.concatenate([each.vectors for each in found]))
        )

    def _forget_all_but(self, lessons: Mapping[str, Lesson], questions: Questions) -> None:
        """What is kept of policies that have no questions left. The vectors of a policy that is
        not in force now stay while it has questions."""
        self._remembered = {n: m for n, m in self._remembered.items() if n in lessons}
        for kept in (self._general, self._adapted):
            kept.keep_only([OTHER_SUBJECTS, *(name for name, own in questions.items() if own)])


def of_other_subjects(bank: Sequence[BankQuestion]) -> tuple[BankQuestion, ...]:
    """Of the bank's messages about other subjects, and of its questions about its own policy, a
    few of each; always the same."""
    found: list[BankQuestion] = []
    for kinds in ((Intent.OFF_TOPIC,), (Intent.ANSWERABLE, Intent.NEAR)):
        those = [question for question in bank if question.kind in kinds]
        every = max(1, len(those) // MOST_OF_OTHER_SUBJECTS)
        found += those[::every][:MOST_OF_OTHER_SUBJECTS]
    return tuple(
        replace(each, kind=Intent.OFF_TOPIC, needed=(), fine=(), closest=()) for each in found
    )


def _examples(
    kept: KeptVectors, name: str, questions: tuple[BankQuestion, ...], progress: Progress
) -> Examples:
    texts = [query_text(question.asked) for question in questions]
    return Examples(questions, kept.of(name, texts, progress))


def _rows_of_policies(index: Index) -> dict[str, list[int]]:
    """The rows of each policy's passages, by its name."""
    rows: dict[str, list[int]] = {}
    for row, passage in enumerate(index.passages):
        rows.setdefault(passage.policy.name, []).append(row)
    return rows
