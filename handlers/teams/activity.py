"""What Teams sends to /api/messages, read into one typed activity.

The fields are those of the Bot Framework's activity:
https://learn.microsoft.com/en-us/azure/bot-service/rest-api/bot-framework-rest-connector-api-reference
"""

import json
from dataclasses import dataclass
from typing import Any

from handlers.teams.address import Address, Place
from knowledge.errors import BadInput

Json = dict[str, Any]

NOT_AN_ACTIVITY = "Expected a Bot Framework activity with type, conversation and from."
LONGEST_ID = 150  # characters; the database keeps 200 of an id with its conversation or tenant
LONGEST_TENANT = 40  # a GUID has 36 characters


@dataclass(frozen=True, slots=True)
class Account:
    """A person or a bot. `directory_id` is the object id in Microsoft Entra; a bot has none."""

    id: str
    name: str
    directory_id: str


@dataclass(frozen=True, slots=True)
class Mention:
    """`text` is how the mention stands in the message, such as "<at>Policy Assistant</at>"."""

    text: str
    account_id: str


@dataclass(frozen=True, slots=True)
class Attachment:
    """`html` is the content of a "text/html" attachment, and empty for any other."""

    content_type: str
    html: str


@dataclass(frozen=True, slots=True)
class Activity:
    """A text that was missing, or no text, is empty.

    `name` says which invoke this is, `action` which change of the installation, `event_type`
    what happened to a message. `value` is what an invoke carries.
    """

    type: str
    id: str
    timestamp: str
    name: str
    action: str
    event_type: str
    channel_id: str
    service_url: str
    sender: Account
    address: Address
    text: str
    mentions: tuple[Mention, ...]
    attachments: tuple[Attachment, ...]
    value: Json


def read_activity(body: bytes) -> Activity:
    """`body` is JSON in UTF-8, whatever the Content-Type says: RFC 8259 allows no other.

    Raises BadInput.
    """
    try:
        sent = _storable(json.loads(body))
    except (ValueError, RecursionError):  # ValueError: also bad UTF-8 and endless numbers
        raise BadInput(NOT_AN_ACTIVITY) from None
    if not isinstance(sent, dict):
        raise BadInput(NOT_AN_ACTIVITY)
    activity = _activity(sent)
    _check(activity)
    return activity


def mapping(value: object) -> Json:
    """`value` if it is a JSON object, else an empty one."""
    return value if isinstance(value, dict) else {}


def string(value: object) -> str:
    """`value` if it is a text, else an empty one."""
    return value if isinstance(value, str) else ""


def _activity(sent: Json) -> Activity:
    data = mapping(sent.get("channelData"))
    return Activity(
        type=string(sent.get("type")),
        id=string(sent.get("id")),
        timestamp=string(sent.get("timestamp")),
        name=string(sent.get("name")),
        action=string(sent.get("action")),
        event_type=string(data.get("eventType")),
        channel_id=string(sent.get("channelId")),
        service_url=string(sent.get("serviceUrl")),
        sender=_account(sent.get("from")),
        address=_address(sent, data),
        text=string(sent.get("text")),
        mentions=tuple(map(_mention, _of_type(sent, "mention"))),
        attachments=tuple(map(_attachment, _objects(sent.get("attachments")))),
        value=mapping(sent.get("value")),
    )


def _address(sent: Json, data: Json) -> Address:
    conversation = mapping(sent.get("conversation"))
    tenant = string(conversation.get("tenantId")) or string(mapping(data.get("tenant")).get("id"))
    place = Place.named(string(conversation.get("conversationType")))
    return Address(
        conversation=string(conversation.get("id")),
        place=place,
        tenant=tenant,
        bot=_account(sent.get("recipient")).id,
        asker="" if place is Place.PERSONAL else _account(sent.get("from")).id,
    )


def _account(value: object) -> Account:
    given = mapping(value)
    return Account(
        string(given.get("id")), string(given.get("name")), string(given.get("aadObjectId"))
    )


def _mention(entity: Json) -> Mention:
    return Mention(string(entity.get("text")), string(mapping(entity.get("mentioned")).get("id")))


def _attachment(given: Json) -> Attachment:
    kind = string(given.get("contentType"))
    return Attachment(kind, string(given.get("content")) if kind == "text/html" else "")


def _of_type(sent: Json, kind: str) -> list[Json]:
    return [each for each in _objects(sent.get("entities")) if each.get("type") == kind]


def _objects(value: object) -> list[Json]:
    listed = value if isinstance(value, list) else []
    return [each for each in listed if isinstance(each, dict)]


def _check(activity: Activity) -> None:
    if not (activity.type and activity.address.conversation and activity.sender.id):
        raise BadInput(NOT_AN_ACTIVITY)
    ids = (activity.id, activity.sender.id, activity.sender.directory_id)
    if max(map(len, ids)) > LONGEST_ID or len(activity.address.tenant) > LONGEST_TENANT:
        raise BadInput(NOT_AN_ACTIVITY)


def _storable(value: Any) -> Any:
    """Without what a database refuses: NUL characters, and halves of surrogate pairs."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode().replace("\0", "")
    if isinstance(value, list):
        return [_storable(each) for each in value]
    if isinstance(value, dict):
        return {_storable(name): _storable(each) for name, each in value.items()}
    return value
