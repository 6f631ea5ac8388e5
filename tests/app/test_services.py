"""What an administrator reads in the log while the bot serves."""

import logging
from pathlib import Path

import pytest

from answer.artifacts import read_encoders
from app.desk import desk_of
from app.services import live_assistant
from app.teaching import Teacher
from desk.services.escalation import EqualWordsOnly
from settings import Settings

PARKING = "Parking policy\n\n1. Permits\n\nEach household may hold two permits.\n"


def test_the_log_names_a_policy_that_cannot_be_read_and_says_when_all_were_read_again(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, logger="app")
    folder = tmp_path / "policies"
    folder.mkdir()
    (folder / "parking.txt").write_text(PARKING, encoding="utf-8")
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7 nothing")
    settings = Settings(policies=folder, data=tmp_path)
    teacher = Teacher(settings, read_encoders(settings.trained, settings.model))
    live = live_assistant(settings, teacher, desk_of(settings, EqualWordsOnly()))
    assert "broken.pdf" in caplog.text
    caplog.clear()
    (folder / "broken.pdf").unlink()
    live.refresh()
    assert live.refresh()
    assert "The policies were read again" in caplog.text
    assert "broken.pdf" not in caplog.text
