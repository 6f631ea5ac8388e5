"""From a question to one of the five replies."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from answer import wording
from answer.artifacts import ConfidenceModels
from answer.citations import MOST, QuoteMismatch, citation, cite, closest_rows, quoted_rows
from answer.context import leans_on_earlier
from answer.features import Ranking, features, rank
from answer.intent import intent_of
from answer.language import Language, language_of
from answer.message_parts import pieces
from answer.reply import Answer, Citation, Clarify, Decline, HandOver, Help, Reason, Reply
from answer.section_lookup import Place, place_named
from answer.taught_confidence import TaughtConfidence, is_taught
from index.combined_scores import combined_scores
from index.evidence import Evidence
from index.passages import Passage
from index.search import Index
from knowledge.bank import Intent
from knowledge.policy import Policy
from knowledge.question import Question

LONGEST = 4000  # characters; the encoder itself reads about the first 1,200
LANGUAGES = {Language.WELSH: wording.WELSH, Language.OTHER: wording.OTHER_LANGUAGE}
MOST_CHOICES = 3
MOST_PIECES = 12  # parts of a message that are judged one by one, at some 20 ms each
MOST_SHOWN = 2  # clauses beside a hand-over
# Two clauses this alike in likelihood are told apart by a person, not by the bot.
ALIKE = 0.7

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Assessment:
    """`rows` are the passages that would be quoted, best first; `sure`: the risk is accepted;
    `leans_on_earlier`: the message was read together with the one before it."""

    evidence: Evidence
    ranking: Ranking
    rows: tuple[int, ...]
    confidence: float
    sure: bool
    leans_on_earlier: bool = False


@dataclass(frozen=True)
class Assistant:
    """`accepted_risk`: the share of answers shown that may be wrong, 0 to 1. `taught` holds the
    confidence of each policy that has enough example questions of its own, by its name."""

    policies: tuple[Policy, ...]
    index: Index
    judgements: ConfidenceModels
    accepted_risk: float
    contacts: tuple[str, ...] = ()
    taught: Mapping[str, TaughtConfidence] = field(default_factory=dict)

    def reply(self, question: Question) -> Reply:
        question = replace(question, text=_printable(question.text))
        unread = self._unread(question.text)
        if unread is not None:
            return unread
        place = place_named(question.text, self.policies)
        if place is not None:
            return self._quote_place(place)
        considered = self.consider(question)
        if self._says_something_sensitive(question, considered):
            return self._hand_over(Intent.SENSITIVE, considered)
        reply = replace(self._reply_after(considered), leans_on_earlier=considered.leans_on_earlier)
        if reply.reason is Reason.SMALL_TALK and question.history:
            return replace(reply, lead=self._about(wording.ANY_TIME))
        return reply

    def consider(self, question: Question) -> Assessment:
        """What would be answered if the bot had to answer, and how likely it is right."""
        alone = self._considered(replace(question, history=()))
        if not question.history:
            return alone
        leans = leans_on_earlier(question.text, intent_of(alone.evidence), sure=alone.sure)
        if not leans:
            return alone
        together = self._considered(self._after_a_question(question))
        return replace(together, leans_on_earlier=True)

    def _says_something_sensitive(self, question: Question, considered: Assessment) -> bool:
        """Each part of a message is judged, and the most sensitive one decides: an ordinary
        question does not hide a disclosure beside it."""
        if intent_of(considered.evidence) is Intent.SENSITIVE:
            return True
        parts = pieces(question.text)[:MOST_PIECES]
        return len(parts) > 1 and any(
            intent_of(self.index.search(Question(part, question.role))) is Intent.SENSITIVE
            for part in parts
        )

    def _after_a_question(self, question: Question) -> Question:
        """A "thanks" between a question and its follow-up is not what that one leans on."""
        history = question.history
        while history and self._is_small_talk(replace(question, text=history[-1], history=())):
            history = history[:-1]
        return replace(question, history=history)

    def _is_small_talk(self, said: Question) -> bool:
        return intent_of(self.index.search(said)) is Intent.SMALL_TALK

    def _considered(self, question: Question) -> Assessment:
        evidence = self.index.search(question)
        ranking = rank(evidence)
        confidence, threshold = self._confidence(question, evidence, ranking)
        sure = confidence >= threshold
        return Assessment(
            evidence, ranking, quoted_rows(combined_scores(evidence), ranking), confidence, sure
        )

    def _confidence(
        self, question: Question, evidence: Evidence, ranking: Ranking
    ) -> tuple[float, float]:
        """The probability that the best clause is right, and from which on it may be shown."""
        row = ranking.best[0]
        policy = evidence.passages[row].policy.name
        if policy in self.taught:
            own = self.taught[policy]
            return own.of(question, evidence, policy), own.threshold(self.accepted_risk)
        banked = evidence.banked[row] and not is_taught(evidence, policy)
        judgement = self.judgements.banked if banked else self.judgements.elsewhere
        confidence = judgement.probability(features(question, evidence, ranking))
        return confidence, judgement.threshold(self.accepted_risk)

    def _unread(self, text: str) -> Reply | None:
        """The reply to what is no text to look up; None for a question."""
        if not any(letter.isalnum() for letter in text):
            return Help(0.0, Reason.EMPTY, self._about(wording.EMPTY))
        if len(text) > LONGEST:
            return Decline(0.0, Reason.TOO_LONG, True, wording.TOO_LONG.format(limit=LONGEST))
        opening = LANGUAGES.get(language_of(text))
        return HandOver((), 0.0, Reason.LANGUAGE, opening) if opening else None

    def _reply_after(self, considered: Assessment) -> Reply:
        evidence, confidence = considered.evidence, considered.confidence
        try:
            match intent_of(evidence):
                case Intent.ANSWERABLE if considered.sure:
                    citations = cite(evidence, considered.rows)
                    lead = wording.lead(citations[0])
                    return Answer(citations, confidence, Reason.COVERED, lead)
                case kind:
                    return self._no_answer(kind, considered)
        except QuoteMismatch:
            log.exception("A quote that is not in the stored clause was withheld.")
            return HandOver((), 0.0, Reason.QUOTE_WITHHELD, wording.QUOTE_WITHHELD)

    def _no_answer(self, kind: Intent, considered: Assessment) -> Reply:
        confidence = considered.confidence
        match kind:
            case Intent.SMALL_TALK:
                return Help(confidence, Reason.SMALL_TALK, self._about(wording.HELP))
            case Intent.INJECTION:
                return Decline(confidence, Reason.HOSTILE, False, self._about(wording.HOSTILE))
            case Intent.OFF_TOPIC:
                return Decline(confidence, Reason.OFF_TOPIC, True, self._about(wording.OFF_TOPIC))
            case Intent.VAGUE:
                return _clarify(considered)
            case _:
                return self._hand_over(kind, considered)

    def _hand_over(self, kind: Intent, considered: Assessment) -> HandOver:
        confidence = considered.confidence
        if kind is Intent.SENSITIVE:
            return HandOver((), confidence, Reason.SENSITIVE, wording.sensitive(self.contacts))
        closest = _closest(considered)
        likely = closest[:MOST_SHOWN]
        if kind is Intent.NEAR:
            return HandOver(closest, confidence, Reason.NEAR_MISS, wording.NEAR_MISS, likely)
        reason = _doubt(considered.ranking)
        return HandOver(closest, confidence, reason, wording.HAND_OVER, likely)

    def _quote_place(self, place: Place) -> Reply:
        passages = [
            Passage(policy, clause, sentence)
            for policy, clause in place.clauses
            for sentence in clause.sentences
            if sentence.lead_in not in {other.text for other in clause.sentences}
        ]
        if not passages:
            text = wording.NO_SUCH_PLACE.format(label=place.label, subject=self._subject)
            return Clarify((), (), 0.0, Reason.NO_SUCH_PLACE, text)
        shown = tuple(citation(passage) for passage in passages[:MOST])
        lead = wording.lead if len(shown) == len(passages) else wording.beginning
        return Answer(shown, 1.0, Reason.PLACE_NAMED, lead(shown[0]))

    def _about(self, sentence: str) -> str:
        return sentence.format(subject=self._subject)

    @property
    def _subject(self) -> str:
        return wording.listed([f"“{policy.title}”" for policy in self.policies])

    @property
    def summary(self) -> str:
        sections = sum(len(policy.clauses) for policy in self.policies)
        return (
            f"Policies: {len(self.policies):,}, clauses: {sections:,}, "
            f"sentences: {len(self.index.passages):,}, "
            f"example questions: {len(self.index.questions):,}."
        )


def _printable(text: str) -> str:
    """Without control characters and halves of characters, which no tokeniser takes."""
    return "".join(letter for letter in text if letter.isprintable() or letter.isspace())


def _closest(considered: Assessment) -> tuple[Citation, ...]:
    return cite(considered.evidence, closest_rows(considered.ranking))


def _clarify(considered: Assessment) -> Clarify:
    clauses = considered.ranking.clauses
    headings = tuple(dict.fromkeys(clause.path[0] for clause in clauses if clause.path))
    return Clarify(
        headings[:MOST_CHOICES],
        _closest(considered),
        considered.confidence,
        Reason.VAGUE,
        wording.CLARIFY,
    )


def _doubt(ranking: Ranking) -> Reason:
    shares = ranking.shares
    alike = len(shares) > 1 and shares[1] >= ALIKE * shares[0]
    return Reason.TWO_CANDIDATES if alike else Reason.BELOW_THRESHOLD
