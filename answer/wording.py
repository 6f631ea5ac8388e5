"""Every other sentence the bot says in its own words, and replies as plain text."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from answer.reply import Answer, Citation, Clarify, HandOver, Reply
from knowledge.policy import OUTSIDE_SECTIONS
from knowledge.reason import Reason

PLACE = "{place}:"
PLACE_BEGINS = "{place} begins:"
SEVERAL_QUESTIONS = "You asked more than one thing. I will take them in turn."
SOME_FOUND = "I found something about {count} of your questions; it is below."
ABOUT = "About “{part}”:"
NOTHING_FOUND = (
    "About “{part}” I found nothing in the policy. The communications team can tell you, or say "
    "who can."
)
NOT_SURE = (
    "About “{part}” I am not sure that I have found the answer. The communications team can answer "
    "it."
)
UNSURE = "I am not sure that I have found the answer."
NOT_IN_POLICY = "I could not find this in the policy."
HAND_OVER = f"{UNSURE} The communications team can answer this."
NEAR_MISS = f"{NOT_IN_POLICY} The communications team can tell you, or say who can."
MAY_HELP = "This may help:"
MAY_ANSWER = (
    "These sections may answer you. They are search results, so please check which of them does."
)
ONE_MAY_ANSWER = (
    "This section may answer you. It is a search result, so please check whether it does."
)
IF_NONE = "If not, the communications team can answer it."
MORE_ITEMS = "and {count} more"
ITEM, ITEM_WITHIN = "\n  • ", "\n    • "
WELSH = (
    "Diolch am eich cwestiwn. Yn Saesneg y mae’r canllawiau, felly mae hwn yn gwestiwn i’r "
    "tîm cyfathrebu, a all ateb yn Gymraeg."
)
OTHER_LANGUAGE = (
    "I can only look things up in English, so this is one for the communications team. "
    "You can also ask me again in English."
)
WHICH_POLICY = "Do you mean “{first}” or “{second}”?"
OFF_TOPIC = (
    "I answer questions about {subject}, and this seems to be about something else. "
    "If it is about that after all, please ask me in other words."
)
CLARIFY = (
    "I am not sure what you are asking. Could you say what you want to do? Or is it about one of "
    "these:"
)
HOSTILE = "I can only answer questions about {subject}. Ask me one in your own words."
EMPTY = "There was no question in that message. Ask me about {subject}, in your own words."
TOO_LONG = (
    "That message is longer than I read ({limit} characters). Please ask in a sentence or two."
)
NO_SUCH_PLACE = "I find no section {label} in {subject}."
QUOTE_WITHHELD = "I found a clause but could not verify its wording, so I am not quoting it."


def opening(citations: Sequence[Citation], *, several_policies: bool) -> str:
    """Where the quotes stand: "Section 4(f), Guidance to employees:", "Sections 2 and 6.1:". It
    never says what they mean for the question."""
    first = citations[0]
    labels = list(dict.fromkeys(citation.section for citation in citations))
    one_place = len({citation.clause_ref for citation in citations}) == 1
    one_policy = len({citation.policy for citation in citations}) == 1
    if one_place or not one_policy or OUTSIDE_SECTIONS in labels:
        place = capitalised(first.place)
    else:
        place = f"Section{'s' if len(labels) > 1 else ''} {listed(labels)}"
    return f"{first.title}, {place[:1].lower()}{place[1:]}:" if several_policies else f"{place}:"


def capitalised(place: str) -> str:
    return place[:1].upper() + place[1:]


def cited(citation: Citation) -> str:
    """The quote with how binding it is and where it stands, as one line."""
    binding = f"{citation.force}; " if citation.force else ""
    return f"{quoted(citation)} ({binding}{citation.place})"


def quoted(citation: Citation) -> str:
    """The quote with all that it needs: the line that introduces it, the sentences beside it,
    those that it introduces."""
    lead_in = " ".join(citation.lead_in.split())
    text = " ".join(part for part in (citation.before, citation.quote, citation.after) if part)
    item = ITEM
    if lead_in.endswith(":"):
        text, item = f"{lead_in}{ITEM}{text}", ITEM_WITHIN
    elif lead_in:
        text = f"{lead_in} {text}"
    items = "".join(f"{item}{each}" for each in citation.items)
    return f"“{text}{items}”{_left_out(citation)}"


def source(citation: Citation) -> str:
    reviewed = f"last reviewed {citation.reviewed}" if citation.reviewed else ""
    return ", ".join(part for part in (citation.title, citation.edition, reviewed) if part)


def plain_text(reply: Reply) -> str:
    """The whole reply as plain text."""
    match reply:
        case Answer(citations=citations):
            sources = dict.fromkeys(source(citation) for citation in citations)
            parts = [*answer_lines(citations), *sources]
        case Clarify(choices=choices):
            parts = [f"- {choice}" for choice in choices]
        case HandOver(reason=Reason.MAY_ANSWER, may_help=citations):
            parts = [*map(cited, citations), IF_NONE]
        case HandOver(may_help=citations) if citations:
            parts = [MAY_HELP, *map(cited, citations)]
        case _:
            parts = []
    return "\n".join([reply.lead, *parts])


def several_questions(found: int, not_found: Sequence[str], unsure: Sequence[str]) -> str:
    """The lead above the answers to a message that asks several things. `found` counts the parts
    that have one. `unsure` are those whose answer may have been found, but not surely enough to be
    shown."""
    if not not_found and not unsure:
        return SEVERAL_QUESTIONS
    answered = SOME_FOUND.format(count="one" if found == 1 else "two")
    missing = [NOTHING_FOUND.format(part=part) for part in not_found]
    doubtful = [NOT_SURE.format(part=part) for part in unsure]
    return "\n".join([answered, *missing, *doubtful])


def answer_lines(citations: Sequence[Citation]) -> Iterator[str]:
    """The quotes below the lead of an answer, each part of the message under a heading."""
    for heading, about in under_headings(citations):
        yield from [heading] if heading else []
        yield from map(cited, about)


def under_headings(
    citations: Sequence[Citation],
) -> Iterator[tuple[str, tuple[Citation, ...]]]:
    """The quotes for each part of a message below its heading, which is empty where a message asks
    one thing."""
    for part, about in groupby(citations, lambda each: each.about):
        yield ABOUT.format(part=part) if part else "", tuple(about)


def _left_out(citation: Citation) -> str:
    count = citation.items_left_out
    return f" ({MORE_ITEMS.format(count=count)})" if count else ""


def listed(names: Sequence[str], most: int = 3) -> str:
    """ "a, b and c", or the first few "and others"."""
    shown = [*names] if len(names) <= most else [*names[:most], "others"]
    return " and ".join([", ".join(shown[:-1]), shown[-1]] if len(shown) > 1 else shown)
