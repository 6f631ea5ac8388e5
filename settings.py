"""What a council sets: read once, from the environment and `.env`."""

from datetime import date, time, timedelta
from pathlib import Path
from typing import Literal
from zoneinfo import available_timezones

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

HERE = Path(__file__).parent
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


# Each of the first needs one of the second.
WHOLE = (
    ("slack_bot_token", ("slack_signing_secret", "slack_app_token")),
    ("slack_signing_secret", ("slack_bot_token",)),
    ("slack_app_token", ("slack_bot_token",)),
    ("slack_comms_channel", ("slack_bot_token",)),
    ("teams_app_id", ("teams_app_password",)),
    ("teams_app_id", ("teams_tenant",)),
    ("teams_app_password", ("teams_app_id",)),
    ("oidc_issuer", ("oidc_client_id",)),
    ("oidc_issuer", ("oidc_client_secret",)),
    ("oidc_issuer", ("desk_comms_groups",)),
    ("oidc_issuer", ("public_url",)),
    ("oidc_client_id", ("oidc_issuer",)),
)
# In a local trial anybody who reaches the bot may be anybody, so nothing may bring others to it.
NOT_IN_A_LOCAL_TRIAL = ("teams_app_id", "public_url", "slack_bot_token", "oidc_issuer")


class BadSettings(Exception):
    """A setting is missing or contradicts another; the text names it."""


class Settings(BaseSettings):
    model_config = SettingsConfigDict(
        env_file=".env", extra="ignore", frozen=True, populate_by_name=True
    )

    policies: Path = HERE / "knowledge" / "policies"
    questions: Path = HERE / "knowledge" / "questions"
    corpora: Path = HERE / "knowledge" / "corpora"
    trained: Path = HERE / "knowledge" / "trained"
    data: Path = HERE / "var"
    model: str = "packaged"
    accepted_risk: float = Field(default=0.05, gt=0, lt=1)
    sensitive_contacts: str = ""

    database_url: SecretStr = SecretStr("")
    escalation: Literal["automatic", "ask-first"] = "automatic"
    comms_contact: str = ""
    time_zone: str = "Europe/London"
    nation: Literal["ENG", "WLS", "SCT", "NIR"] = "ENG"
    office_opens: time = time(9)
    office_closes: time = time(17)
    office_days: str = "Mon,Tue,Wed,Thu,Fri"
    answer_by: time = time(10)
    remind_before: timedelta = timedelta(hours=2)
    closed_days: str = ""
    close_answered_after_days: int = Field(default=14, ge=1)
    keep_questions_days: int = Field(default=180, ge=1)
    keep_cases_days: int = Field(default=730, ge=1)
    keep_events_days: int = Field(default=30, ge=1)

    public_url: str = ""

    slack_bot_token: SecretStr = SecretStr("")
    slack_signing_secret: SecretStr = SecretStr("")
    slack_app_token: SecretStr = SecretStr("")
    slack_api_url: str = "https://slack.com/api/"
    slack_comms_channel: str = ""
    slack_manager_groups: str = ""
    slack_councillor_groups: str = ""
    slack_guests: Literal["refuse", "answer"] = "refuse"

    teams_app_id: str = Field(default="", validation_alias="MicrosoftAppId")
    teams_app_password: SecretStr = Field(SecretStr(""), validation_alias="MicrosoftAppPassword")
    teams_app_type: Literal["SingleTenant"] = Field(
        default="SingleTenant", validation_alias="MicrosoftAppType"
    )
    teams_tenant: str = Field(default="", validation_alias="MicrosoftAppTenantId")
    teams_comms_conversation: str = ""
    teams_administrators: str = ""
    teams_local_trial: bool = False

    oidc_issuer: str = ""
    oidc_client_id: str = ""
    oidc_client_secret: SecretStr = SecretStr("")
    oidc_groups_claim: str = "groups"
    desk_comms_groups: str = ""
    desk_owner_groups: str = ""
    desk_reader_groups: str = ""
    session_hours: int = Field(default=8, ge=1)

    @property
    def contacts(self) -> tuple[str, ...]:
        return parts(self.sensitive_contacts)

    def groups(self, standing: Literal["reader", "comms", "owner"]) -> frozenset[str]:
        """Whose members may come to the desk as that."""
        return frozenset(parts(str(getattr(self, f"desk_{standing}_groups"))))

    @property
    def database(self) -> str:
        given = self.database_url.get_secret_value()
        return given or f"sqlite:///{self.data.resolve() / 'desk.db'}"

    @property
    def closures(self) -> frozenset[date]:
        return frozenset(date.fromisoformat(day) for day in parts(self.closed_days))

    @property
    def teams_administrator_ids(self) -> frozenset[str]:
        return frozenset(parts(self.teams_administrators))

    @property
    def slack(self) -> bool:
        return bool(self.slack_bot_token.get_secret_value())

    @property
    def weekdays(self) -> frozenset[int]:
        """Monday is 0."""
        return frozenset(WEEKDAYS.index(day) for day in parts(self.office_days, ","))

    @field_validator("office_days")
    @classmethod
    def _are_weekdays(cls, days: str) -> str:
        named = parts(days, ",")
        if not named or not set(named) <= set(WEEKDAYS):
            raise ValueError(f"name at least one of {', '.join(WEEKDAYS)}, parted by commas")
        return days

    @field_validator("closed_days")
    @classmethod
    def _are_dates(cls, days: str) -> str:
        for day in parts(days):
            date.fromisoformat(day)
        return days

    @field_validator("time_zone")
    @classmethod
    def _is_a_zone(cls, name: str) -> str:
        if name not in available_timezones():
            raise ValueError("no such time zone; one looks like Europe/London")
        return name

    @model_validator(mode="after")
    def _are_whole(self) -> "Settings":
        """A platform that is half set up would fail only when somebody asks."""
        for given, needed in WHOLE:
            if self._has(given) and not any(map(self._has, needed)):
                raise ValueError(
                    f"{_shown(given)} is set, so {' or '.join(map(_shown, needed))} must be too"
                )
        return self

    @model_validator(mode="after")
    def _is_local(self) -> "Settings":
        if self.teams_local_trial:
            for name in filter(self._has, NOT_IN_A_LOCAL_TRIAL):
                raise ValueError(
                    f"TEAMS_LOCAL_TRIAL opens the bot to this machine without any sign-in, so "
                    f"{_shown(name)} must not be set with it"
                )
        return self

    def _has(self, name: str) -> bool:
        value = getattr(self, name)
        return bool(value.get_secret_value() if isinstance(value, SecretStr) else value)


def _shown(name: str) -> str:
    alias = Settings.model_fields[name].validation_alias
    return alias if isinstance(alias, str) else name.upper()


def parts(text: str, between: str = ";") -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(between) if part.strip())


def read_settings(**overrides: object) -> Settings:
    """Raises BadSettings. `overrides` come from the command line and win."""
    given = {name: value for name, value in overrides.items() if value is not None}
    try:
        return Settings(**given)  # type: ignore[arg-type] # pydantic checks what is given
    except ValidationError as error:
        raise BadSettings(_sentence(error)) from None


def _sentence(error: ValidationError) -> str:
    """Of the first mistake. What is wrong between settings shows no values: some are secrets."""
    first = error.errors()[0]
    problem = first["msg"].removeprefix("Value error, ")
    if not first["loc"]:
        return f"Settings: {problem}."
    name = "_".join(map(str, first["loc"])).upper()
    return f"Setting {name}: {problem} (it is {first['input']!r})."
