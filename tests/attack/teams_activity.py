"""A message as the Agents Playground sends it, without a token."""

import json

MESSAGES = "/api/messages"


def activity(text: str, service_url: str, number: int = 1) -> bytes:
    """`service_url` is where the bot sends its reply; `number` tells messages apart."""
    sent = {
        "type": "message",
        "id": f"a-{number}",
        "text": text,
        "channelId": "msteams",
        "serviceUrl": service_url,
        "from": {"id": "u-1", "name": "Ann", "aadObjectId": "00000000-0000-0000-0000-000000000001"},
        "recipient": {"id": "b-1", "name": "Policy Assistant"},
        "conversation": {"id": "personal-1", "conversationType": "personal", "tenantId": "t-1"},
        "channelData": {"tenant": {"id": "t-1"}},
    }
    return json.dumps(sent, ensure_ascii=False).encode()
