"""The workspace that tests of Slack start from."""

from tests.handlers.slack.fake.workspace import BOT_USER, Channel, User, Workspace

ANN, BEN, GUEST, GONE = "U0ANN", "U0BEN", "U0GUEST", "U0GONE"
GENERAL, SECRET, SHARED, COMMS, ELSEWHERE = "C0GEN", "C0SECRET", "C0SHARED", "C0COMMS", "C0ELSE"
MANAGERS = "S0MANAGERS"


def council() -> Workspace:
    workspace = Workspace()
    workspace.add(
        User(ANN, "ann", "Ann Jones"),
        User(BEN, "ben", "Ben Evans"),
        User(GUEST, "guest", team="T0OTHER", restricted=True),
        User(GONE, "gone", deleted=True),
    )
    workspace.open(
        Channel(GENERAL, "general", {ANN, BEN, BOT_USER}),
        Channel(SECRET, "secret", {ANN}, private=True),
        Channel(SHARED, "shared", {ANN, GUEST, BOT_USER}, ext_shared=True),
        Channel(COMMS, "comms", {BEN, BOT_USER}, private=True),
        Channel(ELSEWHERE, "elsewhere", {ANN}),
    )
    workspace.usergroups[MANAGERS] = (BEN,)
    return workspace
