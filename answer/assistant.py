"""From a question to one of the five replies."""

import logging
from dataclasses import dataclass, field, replace

from answer import wording
from answer.artifacts import ConfidenceModels
from answer.assessment import Assessment, Assessor
from answer.citations import MOST, QuoteMismatch, citation, cite, in_reading_order
from answer.contacts import Contacts
from answer.hand_over import closest, hand_over
from answer.language import Language, language_of
from answer.reply import Answer, Clarify, Decline, HandOver, Help, Reason, Reply
from answer.section_lookup import Place, place_named
from answer.sensitive import Disclosure, disclosure
from answer.sensitive_wording import sensitive
from answer.several_questions import AssessedPart, assess_parts, citations_of, confidence_of
from answer.small_talk import small_talk_of, small_talk_reply
from index.passages import Passage
from index.search import Index
from knowledge.bank import Intent, Need
from knowledge.policy import Clause, Policy
from knowledge.question import Question

LONGEST = 4000  # characters; the encoder itself reads about the first 1,200
LANGUAGES = {Language.WELSH: wording.WELSH, Language.OTHER: wording.OTHER_LANGUAGE}
MOST_CHOICES = 3
# Share of 1 from which on a clause is worth offering as what a fragment may mean.
CHOICE_FROM = 0.05
LONGEST_FRAGMENT = 2  # words; so short a message names a subject and asks nothing about it

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Assistant:
    """`accepted_risk`: the share of answers shown that may be wrong, 0 to 1."""

    policies: tuple[Policy, ...]
    index: Index
    models: ConfidenceModels
    accepted_risk: float
    contacts: Contacts = field(default_factory=Contacts)

    def reply(self, question: Question) -> Reply:
        """The steps of an answer, in order; the first that applies decides."""
        question = replace(question, text=_printable(question.text))
        return (
            self._unread(question.text)
            or self._to_a_person(question)
            or self._named_place(question)
            or self._looked_up(question)
        )

    def consider(self, question: Question) -> Assessment:
        """What would be answered if the bot had to answer, and how likely it is right."""
        return self._assessor.assess(question)

    @property
    def _assessor(self) -> Assessor:
        return Assessor(self.index, self.models, self.accepted_risk)

    def _unread(self, text: str) -> Reply | None:
        """The reply to what is no text to look up; None for a question."""
        if not any(letter.isalnum() for letter in text):
            return Help(0.0, Reason.EMPTY, self._about(wording.EMPTY))
        if len(text) > LONGEST:
            return Decline(0.0, Reason.TOO_LONG, True, wording.TOO_LONG.format(limit=LONGEST))
        return self._in_another_language(text)

    def _in_another_language(self, text: str) -> Reply | None:
        opening = LANGUAGES.get(language_of(text))
        if opening is None:
            return None
        alone = self._assessor.read(Question(text))
        if alone.intent is Intent.SMALL_TALK:  # "diolch yn fawr" is thanked, not handed over
            return self._small_talk(alone)
        return HandOver((), 0.0, Reason.LANGUAGE, opening)

    def _to_a_person(self, question: Question) -> Reply | None:
        """The reply to a message of which any part is sensitive, whatever else it asks."""
        whole = self.index.search(replace(question, history=()))
        found = disclosure(self.index, question, whole)
        return self._sensitive(found, question) if found else None

    def _sensitive(self, found: Disclosure, question: Question) -> HandOver:
        mixed = found.text != question.text and "?" in question.text.replace(found.text, "")
        lead = sensitive(found.need, self.contacts, mixed=mixed)
        for_comms = found.need is not Need.WRONGDOING
        return HandOver(
            (), 0.0, Reason.SENSITIVE, lead, for_comms=for_comms, need=found.need
        )

    def _named_place(self, question: Question) -> Reply | None:
        place = place_named(question.text, self.policies)
        return self._quote_place(place) if place else None

    def _looked_up(self, question: Question) -> Reply:
        try:
            parts = assess_parts(question, self._assessor.assess)
            if parts:
                return self._several(parts)
            assessed = self.consider(question)
            reply = self._one(question, assessed)
            return replace(reply, leans_on_earlier=assessed.leans_on_earlier)
        except QuoteMismatch:
            log.exception("A quote that is not in the stored clause was withheld.")
            return HandOver((), 0.0, Reason.QUOTE_WITHHELD, wording.QUOTE_WITHHELD)

    def _several(self, parts: tuple[AssessedPart, ...]) -> Answer:
        return Answer(
            citations_of(parts),
            confidence_of(parts),
            Reason.COVERED,
            wording.SEVERAL_QUESTIONS,
            tuple(part.asked.text for part in parts),
            leans_on_earlier=parts[0].assessment.leans_on_earlier,
        )

    def _one(self, question: Question, assessed: Assessment) -> Reply:
        confidence = assessed.confidence
        match assessed.intent:
            case Intent.SMALL_TALK:
                return self._small_talk(assessed)
            case Intent.INJECTION:
                return Decline(confidence, Reason.HOSTILE, False, self._about(wording.HOSTILE))
            case Intent.OFF_TOPIC:
                return Decline(confidence, Reason.OFF_TOPIC, True, self._about(wording.OFF_TOPIC))
            case Intent.VAGUE:
                return _clarify(assessed)
            case _ if _is_fragment(question, assessed):
                return _clarify(assessed)
            case _ if assessed.answers:
                citations = cite(assessed.evidence, assessed.rows)
                lead = wording.opening(citations, several_policies=len(self.policies) > 1)
                return Answer(citations, confidence, Reason.COVERED, lead)
            case intent:
                return hand_over(intent, assessed)

    def _small_talk(self, assessed: Assessment) -> Help:
        lead = small_talk_reply(small_talk_of(assessed.evidence), self._subject)
        return Help(assessed.confidence, Reason.SMALL_TALK, lead)

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
        shown = in_reading_order([citation(passage) for passage in passages[:MOST]])
        lead = wording.PLACE if len(passages) <= MOST else wording.PLACE_BEGINS
        named = lead.format(place=wording.capitalised(shown[0].place))
        return Answer(shown, 1.0, Reason.PLACE_NAMED, named)

    def _about(self, sentence: str) -> str:
        return sentence.format(subject=self._subject)

    @property
    def _subject(self) -> str:
        return wording.listed([f"“{policy.title}”" for policy in self.policies])

    @property
    def summary(self) -> str:
        sections = sum(len(policy.clauses) for policy in self.policies)
        return (
            f"{len(self.policies)} policies with {sections} clauses and "
            f"{len(self.index.passages)} sentences, {len(self.index.questions)} bank questions."
        )


def _printable(text: str) -> str:
    """Without control characters and halves of characters, which no tokeniser takes."""
    return "".join(letter for letter in text if letter.isprintable() or letter.isspace())


def _is_fragment(question: Question, assessed: Assessment) -> bool:
    """Whether a message only names a subject: "logo", "phones etc"."""
    return not assessed.leans_on_earlier and len(question.text.split()) <= LONGEST_FRAGMENT


def _clarify(assessed: Assessment) -> Clarify:
    ranking = assessed.ranking
    likely = [
        clause
        for clause, share in zip(ranking.clauses, ranking.shares, strict=True)
        if share >= CHOICE_FROM
    ]
    choices = tuple(dict.fromkeys(map(_title, likely)))[:MOST_CHOICES]
    lead = f"{wording.CLARIFY} {wording.CLARIFY_CHOICES}" if choices else wording.CLARIFY
    return Clarify(choices, closest(assessed), assessed.confidence, Reason.VAGUE, lead)


def _title(clause: Clause) -> str:
    """What the part of the policy is called, for somebody to choose it by."""
    return clause.heading or clause.path[-1]
