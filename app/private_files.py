"""Keeps what the bot builds and stores from other users of the machine."""

import os
import stat
from contextlib import suppress
from pathlib import Path

OWNER_ONLY = 0o077


def keep_files_private() -> None:
    """Call it once, when the process starts: only its own user can read what it creates then."""
    os.umask(OWNER_ONLY)


def close_to_others(data: Path) -> None:
    """Take the access of all other users to the database and the index in this folder, which an
    earlier version left open. The access of the group stays: an administrator may have given it,
    for backups. The folder itself is left alone, for it may hold more than ours."""
    for path in (*data.glob("desk.db*"), data / "index"):
        with suppress(FileNotFoundError, PermissionError):
            mode = stat.S_IMODE(path.stat().st_mode)
            if mode & stat.S_IRWXO:
                path.chmod(mode & ~stat.S_IRWXO)
