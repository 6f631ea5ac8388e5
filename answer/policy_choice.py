"""Which policy is meant, where the bot has several."""

from collections.abc import Sequence
from dataclasses import replace

from answer import wording
from answer.assessment import LIKELIER, Assessment
from answer.hand_over import EQUALLY_LIKELY_FROM, closest
from answer.reply import Answer, Citation, Clarify, HandOver, Reply
from index.combined_scores import combined_scores
from index.evidence import Evidence
from knowledge.policy import Policy
from knowledge.question import Question
from knowledge.reason import Reason


def chosen_policy(question: Question, policies: Sequence[Policy]) -> Question | None:
    """The earlier question, to be looked up in one policy, where the message is the title of a
    policy, as in the answer to `which_policy`; None for any other message."""
    if not question.history or len(policies) < 2:
        return None
    said = _plain(question.text)
    for policy in policies:
        if said == _plain(policy.title):
            *before, last = question.history
            return replace(question, text=last, history=tuple(before), policy=policy.name)
    return None


def which_policy(assessed: Assessment) -> Clarify | None:
    """The question which of two policies is meant, where both are equally likely. Raises
    QuoteMismatch."""
    titles = _equally_likely(assessed.evidence)
    if not titles or assessed.reading.question.policy:
        return None
    text = wording.WHICH_POLICY.format(first=titles[0], second=titles[1])
    return Clarify(titles, closest(assessed), assessed.confidence, Reason.TWO_POLICIES, text)


def naming_policies(reply: Reply) -> Reply:
    """The reply with each citation naming its policy."""
    match reply:
        case Answer(citations=citations):
            return replace(reply, citations=_named(citations))
        case HandOver(closest=closest, may_help=may_help):
            return replace(reply, closest=_named(closest), may_help=_named(may_help))
        case Clarify(closest=closest):
            return replace(reply, closest=_named(closest))
        case _:
            return reply


def _equally_likely(evidence: Evidence) -> tuple[str, ...]:
    """The titles of the two likeliest policies; empty where one is likelier than the other, or
    neither is likely."""
    shares: dict[str, float] = {}
    starts, totals = evidence.places.sums_by_policy(combined_scores(evidence))
    for row, total in zip(starts, totals, strict=True):
        title = evidence.passages[row].policy.title
        shares[title] = shares.get(title, 0.0) + float(total)
    best = sorted(shares, key=lambda title: -shares[title])[:2]
    if len(best) < 2 or shares[best[0]] + shares[best[1]] < LIKELIER:
        return ()
    alike = shares[best[1]] >= EQUALLY_LIKELY_FROM * shares[best[0]]
    return tuple(best) if alike else ()


def _named(citations: Sequence[Citation]) -> tuple[Citation, ...]:
    return tuple(replace(citation, names_policy=True) for citation in citations)


def _plain(text: str) -> str:
    """Without case, end marks and "the"."""
    return " ".join(text.casefold().strip(" .?!“”\"'").split()).removeprefix("the ")
