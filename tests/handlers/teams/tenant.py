"""The made-up tenant that the Agents Playground plays; activities carry exactly these ids."""

import json

TENANT = "7b1fa3f0-5e5a-4a8e-9a33-1a0a3f4b2c11"
BOT = "28:policy-assistant"
BOT_NAME = "Policy Assistant"
ALEX = "29:alex"  # the only person who types and presses on its page
PERSONAL_CHAT = "a:personal-chat"
GROUP_CHAT = "19:group-chat@thread.v2"
TEAM = "19:general@thread.tacv2"  # a team's id is also the id of its General channel
CHANNEL = "19:policy-questions@thread.tacv2"
CHANNEL_NAME = "Policy questions"
OTHERS = ("Megan Bowen", "Adele Vance", "Isaiah Langer", "Patti Fernandez", "Lynne Robbins")


def configuration() -> str:
    """Its `.m365agentsplayground.yml`, of which JSON is a part; it asks for five more people."""
    return json.dumps(
        {
            "version": "0.1.1",
            "tenantId": TENANT,
            "bot": {"id": BOT, "name": BOT_NAME},
            "currentUser": _person("Alex Wilber", 20),
            "users": [_person(name, number) for number, name in enumerate(OTHERS, start=21)],
            "personalChat": {"id": PERSONAL_CHAT},
            "groupChat": {"id": GROUP_CHAT, "name": "Group Chat"},
            "team": {
                "id": TEAM,
                "name": "Communications",
                "aadGroupId": _directory_id(31),
                "channels": [{"id": CHANNEL, "name": CHANNEL_NAME}],
            },
        }
    )


def _person(name: str, number: int) -> dict[str, str]:
    given, surname = name.split()
    address = f"{given.lower()}@council.example"
    return {
        "id": f"29:{given.lower()}",
        "name": name,
        "userPrincipleName": address,
        "aadObjectId": _directory_id(number),
        "givenName": given,
        "surname": surname,
        "email": address,
    }


def _directory_id(number: int) -> str:
    return f"00000000-0000-0000-0000-{number:012}"
