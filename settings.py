"""What a council sets: read once, from the environment and `.env`."""

from datetime import date, time, timedelta
from pathlib import Path
from typing import Literal
from zoneinfo import available_timezones

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from handlers.escalation_policy import EscalationPolicy
from knowledge.errors import BadInput

HERE = Path(__file__).parent


class BadSettings(BadInput):
    """A setting is missing or contradicts another; the text names it."""


class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_file=".env", extra="ignore", frozen=True)

    policies: Path = HERE / "knowledge" / "policies"
    questions: Path = HERE / "knowledge" / "questions"
    elsewhere: Path = HERE / "knowledge" / "elsewhere"
    trained: Path = HERE / "knowledge" / "trained"
    data: Path = HERE / "var"
    model: str = "packaged"
    accepted_risk: float = Field(default=0.05, gt=0, lt=1)
    sensitive_contacts: str = ""

    database_url: SecretStr = SecretStr("")
    escalation: EscalationPolicy = EscalationPolicy.AUTOMATIC
    comms_contact: str = ""
    time_zone: str = "Europe/London"
    nation: Literal["ENG", "WLS", "SCT", "NIR"] = "ENG"
    office_opens: time = time(9)
    office_closes: time = time(17)
    answer_by: time = time(10)
    remind_before: timedelta = timedelta(hours=2)
    closed_days: str = ""
    keep_questions_days: int = Field(default=180, ge=1)
    keep_cases_days: int = Field(default=730, ge=1)
    keep_events_days: int = Field(default=30, ge=1)

    @property
    def contacts(self) -> tuple[str, ...]:
        return _parts(self.sensitive_contacts)

    @property
    def database(self) -> str:
        given = self.database_url.get_secret_value()
        return given or f"sqlite:///{self.data.resolve() / 'desk.db'}"

    @property
    def closures(self) -> frozenset[date]:
        return frozenset(date.fromisoformat(day) for day in _parts(self.closed_days))

    @field_validator("closed_days")
    @classmethod
    def _are_dates(cls, days: str) -> str:
        for day in _parts(days):
            date.fromisoformat(day)
        return days

    @field_validator("time_zone")
    @classmethod
    def _is_a_zone(cls, name: str) -> str:
        if name not in available_timezones():
            raise ValueError("no such time zone; one looks like Europe/London")
        return name


def _parts(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(";") if part.strip())


def read_settings(**overrides: object) -> Settings:
    """Raises BadSettings. `overrides` come from the command line and win."""
    given = {name: value for name, value in overrides.items() if value is not None}
    try:
        return Settings(**given)  # type: ignore[arg-type] # pydantic checks what is given
    except ValidationError as error:
        first = error.errors()[0]
        name = "_".join(map(str, first["loc"])).upper()
        raise BadSettings(f"Setting {name}: {first['msg']} (it is {first['input']!r}).") from error
