import os
import stat
from pathlib import Path

import pytest

from app.private_files import close_to_others
from tests.conftest import run_bot


def others_may(path: Path) -> int:
    return path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO)


@pytest.mark.parametrize("given", [0o000, 0o022], ids=["open", "usual"])
def test_nobody_else_reads_what_the_bot_stores(tmp_path: Path, given: int) -> None:
    data = tmp_path / "var"
    before = os.umask(given)
    try:
        done = run_bot("desk", "list", "--data", str(data))
    finally:
        os.umask(before)
    assert done.returncode == 0, done.stderr
    assert (data / "desk.db").exists()
    assert [path for path in (data, *data.rglob("*")) if others_may(path)] == []


def test_a_database_that_was_open_is_closed_to_others_but_not_to_its_group(
    tmp_path: Path,
) -> None:
    (tmp_path / "index").mkdir()
    for name in ("desk.db", "desk.db-wal", "index"):
        (tmp_path / name).touch()
        (tmp_path / name).chmod(0o755)
    tmp_path.chmod(0o755)
    close_to_others(tmp_path)
    assert {others_may(path) for path in tmp_path.iterdir()} == {0o050}
    assert others_may(tmp_path) == 0o055
    close_to_others(tmp_path / "missing")
