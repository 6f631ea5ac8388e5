"""Every sentence the bot says in its own words. All else it shows is quoted."""

from collections.abc import Sequence

from answer.reply import Answer, Citation, Clarify, HandOver, Reply
from knowledge.policy import Obligation

LEADS = {
    Obligation.MUST: "The {document} requires this:",
    Obligation.MUST_NOT: "The {document} does not allow this:",
    Obligation.SHOULD: "The {document} advises this:",
    Obligation.SHOULD_NOT: "The {document} says to avoid this:",
    Obligation.MAY: "The {document} allows this:",
    Obligation.INFORMATION: "The {document} says:",
}
PLACE = "This is what stands there:"
PLACE_BEGINS = "This is how it begins:"
HAND_OVER = (
    "I am not sure enough that the policy answers this, so this is one for the communications team."
)
NEAR_MISS = (
    "The policy does not say, as far as I can tell, so this is one for the communications team."
)
MAY_HELP = "This may help:"
SENSITIVE = (
    "This sounds like something to talk through with a person, not a bot. "
    "Nothing you wrote has been passed on."
)
CONTACTS = "You can turn to:"
WELSH = (
    "Diolch am eich cwestiwn. Yn Saesneg y mae’r canllawiau, felly mae hwn yn gwestiwn i’r "
    "tîm cyfathrebu, a all ateb yn Gymraeg."
)
OTHER_LANGUAGE = (
    "I can only look things up in English, so this is one for the communications team. "
    "You can also ask me again in English."
)
OFF_TOPIC = (
    "I answer questions about {subject}, and this seems to be about something else. "
    "The communications team can point you to the right place."
)
CLARIFY = "I am not sure what you are asking about. Could you say what you want to do? Is it about:"
HELP = (
    "Hello. Ask me about {subject} as you would ask a colleague: say what you want to do, and "
    "where. I quote the sentence that answers, with its section, or leave your question to the "
    "communications team."
)
ANY_TIME = "Any time. Ask me whatever else you want to know about {subject}."
HOSTILE = "I can only answer questions about {subject}. Ask me one in your own words."
EMPTY = "There was no question in that message. Ask me about {subject}, in your own words."
TOO_LONG = (
    "That message is longer than I read ({limit} characters). Please ask in a sentence or two."
)
NO_SUCH_PLACE = "I find no section {label} in {subject}."
QUOTE_WITHHELD = "I found a clause but could not verify its wording, so I am not quoting it."


def lead(citation: Citation) -> str:
    return LEADS[citation.obligation].format(document=document_noun(citation.title))


def document_noun(title: str) -> str:
    """What the document calls itself."""
    nouns = ("guidance", "code", "protocol", "procedure", "standard", "guidelines")
    return next((noun for noun in nouns if noun in title.lower().split()), "policy")


def cited(citation: Citation) -> str:
    """The quote with where it stands, as one line."""
    return f"{quoted(citation)} ({citation.place})"


def quoted(citation: Citation) -> str:
    """The quote, with the printed sentence that introduces it or those that it introduces."""
    opening = f"{citation.lead_in} " if citation.lead_in else ""
    items = "".join(f"\n  • {item}" for item in citation.items)
    return f"“{opening}{citation.quote}{items}”"


def source(citation: Citation) -> str:
    review = f", last reviewed {citation.reviewed}" if citation.reviewed else ""
    return f"{citation.title}{review}"


def plain_text(reply: Reply) -> str:
    """The whole reply as plain text."""
    match reply:
        case Answer(citations=citations):
            sources = dict.fromkeys(source(citation) for citation in citations)
            parts = [*map(cited, citations), *sources]
        case Clarify(choices=choices):
            parts = [f"- {choice}" for choice in choices]
        case HandOver(may_help=citations) if citations:
            parts = [MAY_HELP, *map(cited, citations)]
        case _:
            parts = []
    return "\n".join([reply.lead, *parts])


def sensitive(contacts: Sequence[str]) -> str:
    return "\n".join([SENSITIVE, CONTACTS, *contacts] if contacts else [SENSITIVE])


def listed(names: Sequence[str], most: int = 3) -> str:
    """ "a, b and c", or the first few "and others"."""
    shown = [*names] if len(names) <= most else [*names[:most], "others"]
    return " and ".join([", ".join(shown[:-1]), shown[-1]] if len(shown) > 1 else shown)
