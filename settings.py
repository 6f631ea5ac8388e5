"""The settings of a council: read once, from the environment and the file `.env`."""

from datetime import time, timedelta
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr, ValidationError, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from setting_types import (
    NO_PICTURE,
    Address,
    Addresses,
    Colour,
    Dates,
    Names,
    Networks,
    Origin,
    ServerName,
    TimeZone,
    Weekdays,
    is_picture,
)

HERE = Path(__file__).parent

# A setting, and the settings of which at least one must be set with it.
REQUIRED_WITH = (
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
    ("question_writer_url", ("question_writer_model",)),
    ("question_writer_model", ("question_writer_url",)),
    ("question_writer_key", ("question_writer_url",)),
    ("smtp_host", ("smtp_from",)),
    ("smtp_host", ("public_url",)),
    ("smtp_from", ("smtp_host",)),
    ("smtp_user", ("smtp_password",)),
    ("smtp_password", ("smtp_user",)),
    ("smtp_user", ("smtp_host",)),
    ("comms_emails", ("smtp_host",)),
)
# The ports on which mail servers encrypt from the start (RFC 8314), and those on which they do not.
PORT_WITH_TLS, PORTS_WITHOUT_TLS = 465, (25, 587)
# In a local trial anybody who reaches the bot may be anybody, so nothing may bring others to it.
NOT_IN_A_LOCAL_TRIAL = ("teams_app_id", "public_url", "slack_bot_token", "oidc_issuer")


class BadSettings(Exception):
    """A setting is missing or contradicts another; the text names it."""


class Settings(BaseSettings):
    """`.env.example` explains each setting; docs/settings.md is made from it."""

    model_config = SettingsConfigDict(
        env_file=".env", env_ignore_empty=True, extra="ignore", frozen=True, populate_by_name=True
    )

    policies: Path = HERE / "knowledge" / "policies"
    questions: Path = HERE / "knowledge" / "questions"
    corpora: Path = HERE / "knowledge" / "corpora"
    trained: Path = HERE / "knowledge" / "trained"
    data: Path = HERE / "var"
    model: str = "packaged"
    accepted_risk: float = Field(default=0.05, gt=0, lt=1)
    sensitive_contacts: Names = ()
    contact_danger: Names = ()
    contact_safeguarding: Names = ()
    contact_bullying: Names = ()
    contact_wrongdoing: Names = ()
    contact_data_breach: Names = ()
    contact_distress: Names = ()
    contact_personal_matter: Names = ()

    question_writer_url: str = ""
    question_writer_key: SecretStr = SecretStr("")
    question_writer_model: str = ""

    database_url: SecretStr = SecretStr("")
    escalation: Literal["automatic", "ask-first"] = "automatic"
    comms_contact: str = ""
    time_zone: TimeZone = "Europe/London"
    nation: Literal["ENG", "WLS", "SCT", "NIR"] = "ENG"
    office_opens: time = time(9)
    office_closes: time = time(17)
    office_days: Weekdays = frozenset(range(5))
    answer_by: time = time(10)
    remind_before: timedelta = timedelta(hours=2)
    closed_days: Dates = frozenset()
    close_answered_after_days: int = Field(default=14, ge=1)
    undo_seconds: int = Field(default=10, ge=0, le=300)
    tell_askers_days: int = Field(default=30, ge=1)
    keep_questions_days: int = Field(default=180, ge=1)
    keep_cases_days: int = Field(default=730, ge=1)
    keep_events_days: int = Field(default=30, ge=1)

    public_url: Origin = ""
    council_name: str = Field(default="", max_length=80)
    brand_colour: Colour = "#1d5b79"
    logo: Path | None = None
    trusted_proxies: Networks = ()

    smtp_host: ServerName = ""
    smtp_port: int = Field(default=587, ge=1, le=65535)
    smtp_tls: Literal["starttls", "tls", "none"] = "starttls"
    smtp_user: str = ""
    smtp_password: SecretStr = SecretStr("")
    smtp_from: Address = ""
    comms_emails: Addresses = ()
    digest_at: time = time(8, 30)

    slack_bot_token: SecretStr = SecretStr("")
    slack_signing_secret: SecretStr = SecretStr("")
    slack_app_token: SecretStr = SecretStr("")
    slack_api_url: str = "https://slack.com/api/"
    slack_comms_channel: str = ""
    slack_manager_groups: Names = ()
    slack_councillor_groups: Names = ()
    slack_guests: Literal["refuse", "answer"] = "refuse"

    teams_app_id: str = Field(default="", validation_alias="MicrosoftAppId")
    teams_app_password: SecretStr = Field(
        default=SecretStr(""), validation_alias="MicrosoftAppPassword"
    )
    teams_app_type: Literal["SingleTenant"] = Field(
        default="SingleTenant", validation_alias="MicrosoftAppType"
    )
    teams_tenant: str = Field(default="", validation_alias="MicrosoftAppTenantId")
    teams_comms_conversation: str = ""
    teams_administrators: Names = ()
    teams_local_trial: bool = False

    oidc_issuer: str = ""
    oidc_client_id: str = ""
    oidc_client_secret: SecretStr = SecretStr("")
    oidc_groups_claim: str = "groups"
    desk_comms_groups: Names = ()
    desk_owner_groups: Names = ()
    desk_reader_groups: Names = ()
    session_hours: int = Field(default=8, ge=1)

    @property
    def database(self) -> str:
        """The address of the database: DATABASE_URL, or a SQLite file in the data folder."""
        given = self.database_url.get_secret_value()
        return given or f"sqlite:///{self.data.resolve() / 'desk.db'}"

    @property
    def slack(self) -> bool:
        """Whether Slack is set up."""
        return bool(self.slack_bot_token.get_secret_value())

    @model_validator(mode="after")
    def _check_required(self) -> "Settings":
        """A platform that is half set up would fail only at the first question."""
        for setting, required in REQUIRED_WITH:
            if self._is_set(setting) and not any(map(self._is_set, required)):
                names = " or ".join(map(environment_name, required))
                raise ValueError(f"{environment_name(setting)} is set, so {names} must be too")
        return self

    @model_validator(mode="after")
    def _check_local_trial(self) -> "Settings":
        if self.teams_local_trial:
            for name in filter(self._is_set, NOT_IN_A_LOCAL_TRIAL):
                raise ValueError(
                    f"TEAMS_LOCAL_TRIAL opens the bot to this machine without any sign-in, so "
                    f"{environment_name(name)} must not be set with it"
                )
        return self

    @model_validator(mode="after")
    def _check_encryption(self) -> "Settings":
        """A wrong pair of port and TLS would only show as a connection that hangs."""
        if self.smtp_tls == "tls" and self.smtp_port in PORTS_WITHOUT_TLS:
            raise ValueError(
                f"SMTP_TLS=tls encrypts from the start, which port {self.smtp_port} does not "
                f"expect: set SMTP_PORT={PORT_WITH_TLS}, or SMTP_TLS=starttls"
            )
        if self.smtp_tls != "tls" and self.smtp_port == PORT_WITH_TLS:
            raise ValueError(
                f"SMTP_PORT={PORT_WITH_TLS} expects encryption from the start: set SMTP_TLS=tls"
            )
        if self.smtp_tls == "none" and self._is_set("smtp_password"):
            raise ValueError(
                "SMTP_TLS=none would send SMTP_PASSWORD without encryption: set starttls or tls"
            )
        return self

    @model_validator(mode="after")
    def _check_logo(self) -> "Settings":
        if self.logo and not is_picture(self.logo):
            raise ValueError(f"LOGO {NO_PICTURE}")
        return self

    def _is_set(self, name: str) -> bool:
        value = getattr(self, name)
        return bool(value.get_secret_value() if isinstance(value, SecretStr) else value)


def environment_name(field: str) -> str:
    """The name of a setting in the environment and in `.env`."""
    alias = Settings.model_fields[field].validation_alias
    return alias if isinstance(alias, str) else field.upper()


def read_settings(**overrides: object) -> Settings:
    """Raises BadSettings. `overrides` come from the command line and win."""
    given = {name: value for name, value in overrides.items() if value is not None}
    try:
        return Settings(**given)  # type: ignore[arg-type] # pydantic checks what is given
    except ValidationError as error:
        raise BadSettings(_first_problem(error)) from None


def _first_problem(error: ValidationError) -> str:
    """One sentence. It shows the value only where one setting is wrong by itself: a problem
    between settings may concern a secret."""
    first = error.errors()[0]
    problem = first["msg"].removeprefix("Value error, ")
    if not first["loc"]:
        return f"Settings: {problem}."
    field = str(first["loc"][0])
    name = environment_name(field) if field in Settings.model_fields else field
    given = f" (it is {first['input']!r})" if isinstance(first["input"], str | int | float) else ""
    return f"Setting {name}: {problem}{given}."
