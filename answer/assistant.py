"""From a question to one of the five replies."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from answer import wording
from answer.artifacts import ConfidenceModels
from answer.assessment import Assessment, Assessor
from answer.citations import QuoteMismatch, cite
from answer.clarification import clarification
from answer.confidence import ConfidenceModel
from answer.contacts import Contacts
from answer.explanation import Explanation, explanation
from answer.hand_over import hand_over, suggestion
from answer.language import Language, language_of
from answer.message_parts import asks_besides
from answer.place_reply import place_reply
from answer.policy_choice import chosen_policy, naming_policies, which_policy
from answer.reply import Answer, Decline, HandOver, Help, Reply
from answer.section_lookup import place_named
from answer.sensitive import Disclosure, disclosure
from answer.sensitive_wording import sensitive
from answer.several_questions import assess_parts, citations_of, confidence_of
from answer.small_talk import small_talk_of, small_talk_reply
from index.search import Index
from knowledge.bank import Intent
from knowledge.policy import Policy
from knowledge.question import Question
from knowledge.reason import Reason

LONGEST = 4000  # characters; the encoder itself reads about the first 1,200
LANGUAGES = {Language.WELSH: wording.WELSH, Language.OTHER: wording.OTHER_LANGUAGE}

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Assistant:
    """`accepted_risk`: the share of answers shown that may be wrong, 0 to 1. `taught` holds the
    confidence of each policy that has enough example questions of its own, by its name."""

    policies: tuple[Policy, ...]
    index: Index
    models: ConfidenceModels
    accepted_risk: float
    contacts: Contacts = field(default_factory=Contacts)
    taught: Mapping[str, ConfidenceModel] = field(default_factory=dict)

    def reply(self, question: Question) -> Reply:
        """The steps of an answer, in order; the first that applies decides."""
        question = replace(question, text=_printable(question.text))
        chosen = chosen_policy(question, self.policies)
        question = chosen or question
        reply = (
            self._unread(question.text)
            or self._named_place(question.text)
            or self._looked_up(question)
        )
        if chosen:
            reply = replace(reply, leans_on_earlier=True)
        return naming_policies(reply) if len(self.policies) > 1 else reply

    def explain(self, question: Question) -> tuple[Explanation, ...]:
        """What the reply goes by, one for each part of a message that asks several things. Empty
        where the reply does not come from a search, such as to a sensitive matter."""
        question = replace(question, text=_printable(question.text))
        question = chosen_policy(question, self.policies) or question
        if self._unread(question.text) or place_named(question.text, self.policies):
            return ()
        try:
            return self._explained(question)
        except QuoteMismatch:
            return ()

    def _explained(self, question: Question) -> tuple[Explanation, ...]:
        assessed = self.consider(question)
        if self._to_a_person(question, assessed):
            return ()
        parts = assess_parts(question, self._assessor.assess)
        if parts:
            return tuple(explanation(part.assessment, part.asked.text) for part in parts)
        return (explanation(assessed),)

    def consider(self, question: Question) -> Assessment:
        """What would be answered if the bot had to answer, and how likely it is right."""
        return self._assessor.assess(question)

    @property
    def _assessor(self) -> Assessor:
        return Assessor(self.index, self.models, self.accepted_risk, self.taught)

    def _unread(self, text: str) -> Reply | None:
        """The reply to what is no text to look up; None for a question."""
        if not any(letter.isalnum() for letter in text):
            return Help(0.0, Reason.EMPTY, self._about(wording.EMPTY))
        if len(text) > LONGEST:
            return Decline(0.0, Reason.TOO_LONG, False, wording.TOO_LONG.format(limit=LONGEST))
        return self._in_another_language(text)

    def _in_another_language(self, text: str) -> Reply | None:
        opening = LANGUAGES.get(language_of(text))
        if opening is None:
            return None
        alone = self.consider(Question(text))
        if alone.intent is Intent.SMALL_TALK:  # "diolch yn fawr" is thanked, not handed over
            return self._small_talk(alone)
        return HandOver((), 0.0, Reason.LANGUAGE, opening)

    def _looked_up(self, question: Question) -> Reply:
        try:
            assessed = self.consider(question)
            return (
                self._to_a_person(question, assessed)
                or self._several(question)
                or self._one(assessed)
            )
        except QuoteMismatch:
            log.exception("A quote that is not in the stored clause was withheld.")
            return HandOver((), 0.0, Reason.QUOTE_WITHHELD, wording.QUOTE_WITHHELD)

    def _to_a_person(self, question: Question, assessed: Assessment) -> Reply | None:
        """The reply to a message of which any part is sensitive, whatever else it asks."""
        found = disclosure(self.index, question, assessed.reading.alone)
        return self._sensitive(found, question) if found else None

    def _sensitive(self, found: Disclosure, question: Question) -> HandOver:
        mixed = asks_besides(question.text, found.text)
        contacts = self.contacts.lines(found.need, question.role)
        lead = sensitive(found.need, contacts, mixed=mixed)
        return HandOver((), 0.0, Reason.SENSITIVE, lead, for_comms=found.for_comms, need=found.need)

    def _named_place(self, text: str) -> Reply | None:
        place = place_named(text, self.policies)
        return place_reply(place, self._subject) if place else None

    def _several(self, question: Question) -> Reply | None:
        """The reply to a message that asks several things, of which one at least has an answer."""
        parts = assess_parts(question, self._assessor.assess)
        if not parts:
            return None
        answer = Answer(
            citations_of(parts),
            confidence_of(parts),
            Reason.COVERED,
            "",
            tuple(part.asked.text for part in parts),
            leans_on_earlier=parts[0].assessment.leans_on_earlier,
        )
        unsure = [part.asked.text for part in parts if part.is_unsure]
        found = len(answer.parts) - len(answer.not_found)
        not_found = [part for part in answer.not_found if part not in unsure]
        return replace(answer, lead=wording.several_questions(found, not_found, unsure))

    def _one(self, assessed: Assessment) -> Reply:
        reply = self._reply_by_intent(assessed)
        return replace(reply, leans_on_earlier=assessed.leans_on_earlier)

    def _reply_by_intent(self, assessed: Assessment) -> Reply:
        confidence = assessed.confidence
        match assessed.intent:
            case Intent.SMALL_TALK:
                return self._small_talk(assessed)
            case Intent.INJECTION:
                return Decline(confidence, Reason.HOSTILE, False, self._about(wording.HOSTILE))
            case Intent.OFF_TOPIC:
                return Decline(confidence, Reason.OFF_TOPIC, True, self._about(wording.OFF_TOPIC))
            case intent:
                return self._about_the_policy(intent, assessed)

    def _about_the_policy(self, intent: Intent, assessed: Assessment) -> Reply:
        """After another message a single word may be answered, but it is not passed on."""
        is_fragment = assessed.reading.is_fragment
        if intent is Intent.VAGUE or (is_fragment and not assessed.leans_on_earlier):
            return clarification(assessed)
        if assessed.answers:
            return self._answer(assessed)
        return clarification(assessed) if is_fragment else self._unsure(intent, assessed)

    def _unsure(self, intent: Intent, assessed: Assessment) -> Reply:
        """Between an answer and the hand-over: which policy is meant, or what may answer."""
        policy = which_policy(assessed) if intent is Intent.ANSWERABLE else None
        if policy is not None:
            return policy
        return suggestion(assessed) if assessed.suggests else hand_over(intent, assessed)

    def _answer(self, assessed: Assessment) -> Answer:
        citations = cite(assessed.evidence, assessed.rows)
        lead = wording.opening(citations, several_policies=len(self.policies) > 1)
        return Answer(citations, assessed.confidence, Reason.COVERED, lead)

    def _small_talk(self, assessed: Assessment) -> Help:
        talk = small_talk_of(assessed.evidence)
        lead = small_talk_reply(talk, self._subject)
        return Help(assessed.confidence, Reason.SMALL_TALK, lead, talk)

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
