"""A workspace before the first message: its people, channels, groups and the app's keys."""

from dataclasses import dataclass, field

from tests.handlers.slack.fake.refusal import Json

TEAM = "T0COUNCIL"
APP = "A0POLICY"
BOT_USER = "U0BOT"
BOT = "B0BOT"
BOT_TOKEN = "xoxb-bot-token"  # noqa: S105 -- keys to a fake open nothing
APP_TOKEN = "xapp-app-token"  # noqa: S105 -- as above
SCOPES = frozenset(
    "app_mentions:read assistant:write channels:history channels:read chat:write commands "
    "groups:history groups:read im:history im:read im:write mpim:history mpim:read "
    "reactions:write usergroups:read users:read".split()
)

SUBSCRIPTIONS = frozenset(
    "app_home_opened app_mention link_shared member_joined_channel message.channels message.groups "
    "message.im reaction_added".split()
)


@dataclass
class User:
    id: str
    name: str
    real_name: str = ""
    tz: str = "Europe/London"
    team: str = TEAM
    bot: bool = False
    restricted: bool = False
    ultra_restricted: bool = False
    deleted: bool = False

    def profile(self) -> Json:
        return {
            "id": self.id,
            "team_id": self.team,
            "name": self.name,
            "real_name": self.real_name or self.name,
            "deleted": self.deleted,
            "tz": self.tz,
            "tz_label": self.tz,
            "tz_offset": 0,
            "is_bot": self.bot,
            "is_app_user": False,
            "is_restricted": self.restricted,
            "is_ultra_restricted": self.ultra_restricted,
            "is_stranger": self.team != TEAM,
            "profile": {
                "real_name": self.real_name or self.name,
                "display_name": self.name,
                "team": self.team,
            },
        }


@dataclass
class Channel:
    """A direct message is a channel of two, named after neither."""

    id: str
    name: str = ""
    members: set[str] = field(default_factory=set)
    private: bool = False
    im: bool = False
    archived: bool = False
    ext_shared: bool = False

    @property
    def kind(self) -> str:
        """Slack's channel_type of events."""
        if self.im:
            return "im"
        return "group" if self.private else "channel"

    def described(self) -> Json:
        facts: Json = {"id": self.id, "is_im": self.im, "is_archived": self.archived}
        if self.im:
            partner = next(member for member in self.members if member != BOT_USER)
            return facts | {"user": partner}
        return facts | {
            "name": self.name,
            "is_channel": not self.private,
            "is_group": self.private,
            "is_private": self.private,
            "is_mpim": False,
            "is_member": BOT_USER in self.members,
            "is_shared": self.ext_shared,
            "is_ext_shared": self.ext_shared,
            "is_org_shared": False,
            "is_pending_ext_shared": False,
            "num_members": len(self.members),
        }


@dataclass
class Workspace:
    """`revoked` is Slack's word for a bot token that no longer works, "" while it does."""

    bot_token: str = BOT_TOKEN
    app_token: str = APP_TOKEN
    signing_secret: str = "signing-secret"  # noqa: S105 -- as above
    scopes: frozenset[str] = SCOPES
    subscriptions: frozenset[str] = SUBSCRIPTIONS
    unfurl_domains: tuple[str, ...] = ()
    revoked: str = ""
    users: dict[str, User] = field(default_factory=dict)
    channels: dict[str, Channel] = field(default_factory=dict)
    usergroups: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.add(User(BOT_USER, "policybot", "Policy assistant", bot=True))

    def add(self, *users: User) -> None:
        self.users |= {user.id: user for user in users}

    def open(self, *channels: Channel) -> None:
        self.channels |= {channel.id: channel for channel in channels}

    def direct_message(self, user_id: str) -> Channel:
        """The one between this person and the bot, made when it is first needed."""
        channel_id = f"D{user_id.removeprefix('U')}"
        new = Channel(channel_id, members={user_id, BOT_USER}, im=True)
        return self.channels.setdefault(channel_id, new)
