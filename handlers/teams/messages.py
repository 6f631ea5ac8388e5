"""Messages as Teams takes them: a text or a card."""

from handlers.teams.activity import Json
from handlers.teams.cards.elements import Element

ADAPTIVE_CARD = "application/vnd.microsoft.card.adaptive"


def text_message(text: str) -> Json:
    """Nothing in the text is read as Markdown or as a mention."""
    return {"type": "message", "text": text, "textFormat": "plain"}


def card_message(card: Element) -> Json:
    """Notifications show the card's summary."""
    attachment = {"contentType": ADAPTIVE_CARD, "content": card}
    return {"type": "message", "attachments": [attachment], "summary": card["fallbackText"]}
