"""What a council sets: read once, from the environment and `.env`."""

from pathlib import Path

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

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

    @property
    def contacts(self) -> tuple[str, ...]:
        return tuple(part.strip() for part in self.sensitive_contacts.split(";") if part.strip())


def read_settings(**overrides: object) -> Settings:
    """Raises BadSettings. `overrides` come from the command line and win."""
    given = {name: value for name, value in overrides.items() if value is not None}
    try:
        return Settings(**given)  # type: ignore[arg-type] # pydantic checks what is given
    except ValidationError as error:
        first = error.errors()[0]
        name = "_".join(map(str, first["loc"])).upper()
        raise BadSettings(f"Setting {name}: {first['msg']} (it is {first['input']!r}).") from error
