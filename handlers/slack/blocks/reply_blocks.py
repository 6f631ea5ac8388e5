"""What an asker sees: replies, receipts, and the answers of comms."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import datetime

from slack_sdk.models.blocks import (
    Block,
    ButtonElement,
    ContextActionsBlock,
    FeedbackButtonObject,
    FeedbackButtonsElement,
)

from answer import wording
from answer.reply import Citation
from desk.model.case import Quote
from desk.model.hours import OfficeHours
from desk.model.messages import CaseClosed, CommsAnswer, Receipt
from desk.model.question import Verdict
from handlers.conversation import button_labels, case_wording
from handlers.conversation.escalation import quotes
from handlers.conversation.policy_links import PublicPages
from handlers.conversation.reply_message import (
    Offer,
    ReplyMessage,
    Voice,
    ask_comms_label,
    plain,
    sources,
)
from handlers.slack.blocks.block_kit import (
    MessageContent,
    actions,
    bold,
    button,
    context,
    fitted,
    link,
    paragraphs,
    plain_text,
    verbatim,
    with_links,
)
from handlers.slack.mrkdwn import fallback

MOST_QUOTES = 3
MOST_CHOICES = 5
LONGEST_ANSWER = 8_000  # characters that fit into a message beside the rest
LONGEST_QUESTION = 1_000
CLAUSE = button_labels.WHOLE_CLAUSE + ": {place}"
SHARE = "Share in channel"
ASK_MORE = "Ask more"
READ_ALL = "Read the whole answer"
ASKED_BY = "{name} asked: “{question}”"
NO_PAGES = PublicPages()


def bot_reply(reply: ReplyMessage, pages: PublicPages = NO_PAGES) -> MessageContent:
    return MessageContent(fitted(_body(reply, pages), _offers(reply)), fallback(plain(reply)))


def private_reply(reply: ReplyMessage, pages: PublicPages = NO_PAGES) -> MessageContent:
    """An ephemeral reply in a channel, with a button that shows an answer to everybody there."""
    share = [] if reply.voice is Voice.BOT else [button("share", SHARE, _id(reply))]
    blocks = fitted(_body(reply, pages), [*_offers(reply), *actions(share)])
    return MessageContent(blocks, fallback(plain(reply)))


def shared_reply(
    reply: ReplyMessage, question: str, name: str, pages: PublicPages = NO_PAGES
) -> MessageContent:
    """For everybody in the channel, so without the buttons that are for the asker."""
    intro = ASKED_BY.format(name=name, question=question)
    content = [*paragraphs(intro), *_body(reply, pages)]
    blocks = fitted(content, actions(_clauses(reply.quotes)))
    return MessageContent(blocks, fallback(f"{intro}\n{plain(reply)}"))


def after_verdict(reply: ReplyMessage) -> MessageContent:
    """After "not helpful" it offers to ask comms, who are told that the asker was unhappy."""
    number = _id(reply)
    offers = [
        button("complain", button_labels.ASK_COMMS, number),
        button("complain_unnamed", button_labels.ASK_UNNAMED, number),
        button("remark", button_labels.REMARK, number),
    ]
    kept = actions(offers) if reply.offers else []
    return MessageContent(fitted(paragraphs(reply.lead), kept), fallback(plain(reply)))


def receipt(
    given: Receipt, hours: OfficeHours, now: datetime, pages: PublicPages = NO_PAGES
) -> MessageContent:
    lines = case_wording.receipt_lines(given, hours, now)
    below = case_wording.may_help(given)
    after = _body(below, pages) if below else []
    sent = [block for line in lines for block in paragraphs(line)]
    clauses = _clauses(below.related) if below else []
    kept = actions([*clauses, withdraw_button(given.ref), add_button(given.ref)])
    text = fallback(case_wording.to_asker(given, hours, now))
    return MessageContent(fitted([*sent, *after], kept), text)


def comms_answer(answer: CommsAnswer, pages: PublicPages = NO_PAGES) -> MessageContent:
    text = fallback(case_wording.answer_text(answer))
    return MessageContent(_answer(answer, [], pages), text)


def corrected_answer(answer: CommsAnswer, pages: PublicPages = NO_PAGES) -> MessageContent:
    text = f"{case_wording.CORRECTED}\n{case_wording.answer_text(answer)}"
    blocks = _answer(answer, bold(case_wording.CORRECTED), pages)
    return MessageContent(blocks, fallback(text))


def case_closed(closed: CaseClosed) -> MessageContent:
    question = case_wording.ASKED.format(question=closed.question)
    outcome = case_wording.CLOSED_CASE.format(ref=closed.ref, reason=closed.reason)
    blocks = fitted(
        [*with_links(outcome), *paragraphs(question)], actions([add_button(closed.ref)])
    )
    return MessageContent(blocks, fallback(f"{question}\n{outcome}"))


def withdraw_button(ref: str) -> ButtonElement:
    return button("withdraw", button_labels.WITHDRAW.format(ref=ref), ref, confirm="Withdraw")


def add_button(ref: str) -> ButtonElement:
    return button("add", button_labels.ADD.format(ref=ref), ref)


def quote_value(quote: Quote) -> str:
    return json.dumps(asdict(quote), ensure_ascii=False)


def read_quote(value: str) -> Quote:
    return Quote(**json.loads(value))


def feedback(question_id: int) -> Block:
    def side(label: str, verdict: Verdict) -> FeedbackButtonObject:
        return FeedbackButtonObject(
            text=plain_text(label), accessibility_label=label, value=f"{question_id} {verdict}"
        )

    pair = FeedbackButtonsElement(
        action_id="feedback",
        positive_button=side(button_labels.HELPFUL, Verdict.HELPFUL),
        negative_button=side(button_labels.NOT_HELPFUL, Verdict.NOT_HELPFUL),
    )
    return ContextActionsBlock(elements=[pair])


def _answer(answer: CommsAnswer, before: list[Block], pages: PublicPages) -> list[Block]:
    """The question first, if it is short: the end of a long message is not shown."""
    who = answer.answered_by.name or case_wording.OF_COMMS
    content = bold(case_wording.ANSWERED.format(who=who, ref=answer.ref)) + with_links(answer.text)
    for quote in answer.cited[:MOST_QUOTES]:
        content += verbatim(quote.text) + link(quote.place, pages.link(quote))
    is_short = len(answer.question) <= LONGEST_QUESTION
    question = case_wording.ASKED.format(question=answer.question)
    asked = paragraphs(question) if is_short else []
    buttons = [button("add", ASK_MORE, answer.ref)]
    if len(answer.text) > LONGEST_ANSWER:
        buttons.append(button("read_on", READ_ALL, answer.ref))
    kept = [feedback(answer.question_id), *actions(buttons)]
    return fitted([*before, *asked, *content], kept)


def _body(reply: ReplyMessage, pages: PublicPages) -> list[Block]:
    lead = paragraphs if reply.voice is Voice.BOT else bold
    text = with_links if reply.voice is Voice.COMMS else paragraphs
    blocks = (lead(reply.lead) if reply.lead else []) + text(reply.text)
    for heading, about in wording.under_headings(reply.quotes[:MOST_QUOTES]):
        blocks += bold(heading)
        blocks += [block for citation in about for block in _cited(citation, pages)]
    blocks += context("\n".join(sources(reply.quotes)))
    for similar in reply.similar_answers:
        blocks += [*bold(similar.lead), *paragraphs(f"“{similar.question}”")]
        blocks += with_links(similar.text)
    if Offer.CONFIRM in reply.offers:
        blocks += paragraphs(button_labels.DOES_THIS_ANSWER)
    suggests = Offer.SECTIONS in reply.offers
    if reply.related and not suggests:
        blocks += context(wording.MAY_HELP)
    for number, citation in enumerate(reply.related[:MOST_QUOTES], start=1):
        blocks += _cited(citation, pages)
        blocks += actions([_this_answers(reply, number)] if suggests else [])
    return blocks


def _this_answers(reply: ReplyMessage, number: int) -> ButtonElement:
    return button(f"section_{number}", button_labels.THIS_ANSWERS, f"{_id(reply)} {number}")


def _cited(citation: Citation, pages: PublicPages) -> list[Block]:
    (quote,) = quotes([citation])
    place = link(citation.place, pages.link(quote), citation.force)
    return verbatim(wording.quoted(citation)) + place


def _offers(reply: ReplyMessage) -> list[Block]:
    choices = [
        button(f"choose_{number}", choice, choice)
        for number, choice in enumerate(reply.choices[:MOST_CHOICES])
    ]
    blocks = actions(choices)
    if Offer.FEEDBACK in reply.offers and Offer.CONFIRM not in reply.offers:
        blocks.append(feedback(reply.question_id))
    return blocks + actions([*_clauses((*reply.quotes, *reply.related)), *_to_comms(reply)])


def _to_comms(reply: ReplyMessage) -> Iterable[ButtonElement]:
    confirms = Offer.CONFIRM in reply.offers
    if confirms:
        yield button("feedback_yes", button_labels.YES, f"{_id(reply)} {Verdict.HELPFUL}")
    if Offer.COMMS in reply.offers:
        first = not {Offer.FEEDBACK, Offer.SECTIONS} & {*reply.offers}
        yield button("ask_comms", ask_comms_label(reply), _id(reply), primary=first)
    if Offer.UNNAMED in reply.offers:
        yield button("ask_comms_unnamed", button_labels.ASK_UNNAMED, _id(reply))


def _clauses(citations: Sequence[Citation]) -> list[ButtonElement]:
    """One button for each clause, however many of its sentences are quoted."""
    first: dict[tuple[str, str], Quote] = {}
    for quote in quotes(citations[:MOST_QUOTES]):
        first.setdefault((quote.policy, quote.place), quote)
    return [
        button(f"clause_{number}", CLAUSE.format(place=where), quote_value(quote))
        for number, ((_, where), quote) in enumerate(first.items())
    ]


def _id(reply: ReplyMessage) -> str:
    return str(reply.question_id)
