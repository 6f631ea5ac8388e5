"""What an asker sees in Slack: replies, receipts, and the answers of comms."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import datetime

from answer import wording
from answer.reply import Citation
from desk.model.case import Quote
from desk.model.hours import OfficeHours
from desk.model.messages import CaseClosed, CommsAnswer, Receipt
from desk.model.question import Verdict
from handlers.conversation import case_wording
from handlers.conversation.escalation import quotes
from handlers.conversation.policy_links import PublicPages
from handlers.conversation.reply_message import (
    Offer,
    ReplyMessage,
    Voice,
    from_body,
    place,
    plain,
    sources,
)
from handlers.slack.block_kit import (
    Block,
    Shown,
    actions,
    button,
    confirmed,
    fitted,
    linked,
    primary,
    small,
    strong,
    verbatim,
    words,
)
from handlers.slack.block_kit import plain as plain_text
from handlers.slack.mrkdwn import fallback

MOST_QUOTES = 3
MOST_CHOICES = 5
LONGEST_ANSWER = 8_000  # characters that surely find room beside the rest
LONGEST_ASKED = 1_000
CLAUSE = "Whole clause: {place}"
NO_PAGES = PublicPages()


def bot_reply(says: ReplyMessage, pages: PublicPages = NO_PAGES) -> Shown:
    return Shown(fitted(_said(says, pages), _offered(says)), fallback(plain(says)))


def private_reply(says: ReplyMessage, pages: PublicPages = NO_PAGES) -> Shown:
    """With a button to show it to the channel in which only the asker sees it."""
    sharing = [] if says.voice is Voice.BOT else [button("share", "Share in channel", _id(says))]
    blocks = fitted(_said(says, pages), [*_offered(says), *actions(sharing)])
    return Shown(blocks, fallback(plain(says)))


def shared_reply(
    says: ReplyMessage, question: str, name: str, pages: PublicPages = NO_PAGES
) -> Shown:
    """For the others in the channel: nobody but the asker has anything to press."""
    intro = f"{name} asked: “{question}”"
    blocks = fitted([*words(intro), *_said(says, pages)], actions(_clauses(says.quotes)))
    return Shown(blocks, fallback(f"{intro}\n{plain(says)}"))


def unhelpful(says: ReplyMessage) -> Shown:
    """What is offered after "not helpful": comms are told that the asker was unhappy."""
    number = _id(says)
    offered = [
        button("complain", "Ask comms", number),
        button("complain_unnamed", "Ask comms without my name", number),
        button("tell", "Say what was missing", number),
    ]
    kept = actions(offered) if says.offers else []
    return Shown(fitted(words(says.lead), kept), fallback(plain(says)))


def receipt(
    said: Receipt, hours: OfficeHours, now: datetime, pages: PublicPages = NO_PAGES
) -> Shown:
    lines = case_wording.receipt_lines(said, hours, now)
    before = _said(from_body(said.body), pages) if said.body else []
    sent = [block for line in lines for block in words(line)]
    withdraw = button("withdraw", f"Withdraw {said.ref}", said.ref)
    kept = actions(
        [
            confirmed(withdraw, f"Withdraw {said.ref}?", "Withdraw", "Keep"),
            button("add", f"Add to {said.ref}", said.ref),
        ]
    )
    return Shown(fitted([*before, *sent], kept), fallback(case_wording.to_asker(said, hours, now)))


def comms_answer(answer: CommsAnswer, pages: PublicPages = NO_PAGES) -> Shown:
    return Shown(_answered(answer, [], pages), fallback(case_wording.answer_text(answer)))


def corrected_answer(answer: CommsAnswer, pages: PublicPages = NO_PAGES) -> Shown:
    said = f"{case_wording.CORRECTED}\n{case_wording.answer_text(answer)}"
    return Shown(_answered(answer, strong(case_wording.CORRECTED), pages), fallback(said))


def case_closed(closed: CaseClosed) -> Shown:
    asked = case_wording.ASKED.format(question=closed.question)
    told = case_wording.CLOSED_CASE.format(ref=closed.ref, reason=closed.reason)
    kept = actions([button("add", f"Add to {closed.ref}", closed.ref)])
    return Shown(fitted([*words(told), *words(asked)], kept), fallback(f"{asked}\n{told}"))


def quote_value(quote: Quote) -> str:
    return json.dumps(asdict(quote), ensure_ascii=False)


def read_quote(value: str) -> Quote:
    return Quote(**json.loads(value))


def feedback(question_id: int) -> Block:
    def side(label: str, verdict: Verdict) -> Block:
        return {
            "text": plain_text(label),
            "accessibility_label": label,
            "value": f"{question_id} {verdict}",
        }

    pair = {
        "type": "feedback_buttons",
        "action_id": "feedback",
        "positive_button": side("Helpful", Verdict.HELPFUL),
        "negative_button": side("Not helpful", Verdict.NOT_HELPFUL),
    }
    return {"type": "context_actions", "elements": [pair]}


def _answered(answer: CommsAnswer, before: list[Block], pages: PublicPages) -> list[Block]:
    """The answer first: of a long message the end is not shown."""
    who = answer.answered_by.name or case_wording.OF_COMMS
    said = strong(case_wording.ANSWERED.format(who=who, ref=answer.ref)) + words(answer.text)
    for quote in answer.cited[:MOST_QUOTES]:
        said += verbatim(quote.text) + linked(place(quote), pages.link(quote))
    asked = words(case_wording.ASKED.format(question=answer.question))
    more = button("add", "Ask further", answer.ref)
    kept = [feedback(answer.question_id), *actions([more, *_whole(answer)])]
    first = asked if len(answer.question) <= LONGEST_ASKED else []
    return fitted([*before, *first, *said], kept)


def _whole(answer: CommsAnswer) -> list[Block]:
    read_on = button("read_on", "Read the whole answer", answer.ref)
    return [read_on] if len(answer.text) > LONGEST_ANSWER else []


def _said(says: ReplyMessage, pages: PublicPages) -> list[Block]:
    lead = words if says.voice is Voice.BOT else strong
    blocks = lead(says.lead) + words(says.text)
    for citation in says.quotes[:MOST_QUOTES]:
        blocks += _cited(citation, pages)
    blocks += small("\n".join(sources(says.quotes)))
    for akin in says.similar_answers:
        blocks += [*strong(akin.lead), *words(f"“{akin.question}”"), *words(akin.text)]
    if says.related:
        blocks += small(wording.MAY_HELP)
    for citation in says.related[:MOST_QUOTES]:
        blocks += _cited(citation, pages)
    return blocks


def _cited(citation: Citation, pages: PublicPages) -> list[Block]:
    (quote,) = quotes([citation])
    return verbatim(wording.quoted(citation)) + linked(place(quote), pages.link(quote))


def _offered(says: ReplyMessage) -> list[Block]:
    choices = [
        button(f"choose_{number}", choice, choice)
        for number, choice in enumerate(says.choices[:MOST_CHOICES])
    ]
    blocks = actions(choices)
    if Offer.FEEDBACK in says.offers:
        blocks.append(feedback(says.question_id))
    return blocks + actions([*_clauses((*says.quotes, *says.related)), *_to_comms(says)])


def _to_comms(says: ReplyMessage) -> Iterable[Block]:
    if Offer.COMMS in says.offers:
        asked = button("ask_comms", "Ask comms", _id(says))
        yield asked if Offer.FEEDBACK in says.offers else primary(asked)
    if Offer.UNNAMED in says.offers:
        yield button("ask_comms_unnamed", "Ask comms without my name", _id(says))


def _clauses(citations: Sequence[Citation]) -> list[Block]:
    """One button for each clause, however many of its sentences are quoted."""
    first: dict[tuple[str, str], Quote] = {}
    for quote in quotes(citations[:MOST_QUOTES]):
        first.setdefault((quote.policy, place(quote)), quote)
    return [
        button(f"clause_{number}", CLAUSE.format(place=where), quote_value(quote))
        for number, ((_, where), quote) in enumerate(first.items())
    ]


def _id(says: ReplyMessage) -> str:
    return str(says.question_id)
