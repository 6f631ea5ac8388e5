"""The reply to somebody who names a place of a policy: its first sentences."""

from answer import wording
from answer.citations import MOST, citation, in_reading_order
from answer.reply import Answer, Clarify
from answer.section_lookup import Place
from index.passages import Passage
from knowledge.reason import Reason


def place_reply(place: Place, subject: str) -> Answer | Clarify:
    """`subject` names the policies. Raises QuoteMismatch."""
    passages = [
        Passage(policy, clause, sentence)
        for policy, clause in place.clauses
        for sentence in clause.sentences
        if sentence.lead_in.rpartition("\n")[2] not in {s.text for s in clause.sentences}
    ]
    if not passages:
        text = wording.NO_SUCH_PLACE.format(label=place.label, subject=subject)
        return Clarify((), (), 0.0, Reason.NO_SUCH_PLACE, text)
    shown = in_reading_order([citation(passage) for passage in passages[:MOST]])
    lead = wording.PLACE if len(passages) <= MOST else wording.PLACE_BEGINS
    named = lead.format(place=wording.capitalised(shown[0].place))
    return Answer(shown, 1.0, Reason.PLACE_NAMED, named)
