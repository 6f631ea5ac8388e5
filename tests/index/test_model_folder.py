"""The model that MODEL names: packaged, a folder, or a revision of a model on the hub."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from index.model_files import PACKAGED, WEIGHTS, BadModel, model_folder
from tests.conftest import ROOT

JSON = {"Content-Type": "application/json"}
COMMITS = {"v1": "1" * 40, "main": "2" * 40}


class Hub(BaseHTTPRequestHandler):
    """Holds one model, council/encoder, whose weights say which commit they belong to."""

    def do_GET(self) -> None:
        name = self.path.split("?")[0].split("/")
        match name[1:]:
            case ["api", "models", "council", "encoder", "revision", revision] if (
                revision in COMMITS
            ):
                self._send(json.dumps({"id": "council/encoder", "sha": COMMITS[revision]}), JSON)
            case ["api", "models", "council", "encoder", "tree", commit]:
                file = {"type": "file", "path": WEIGHTS, "size": len(commit), "oid": commit}
                self._send(json.dumps([file]), JSON)
            case ["council", "encoder", "resolve", commit, file] if file == WEIGHTS:
                self._send(commit, {"ETag": f'"{commit}"', "X-Repo-Commit": commit})
            case _:
                self.send_error(404)

    do_HEAD = do_GET  # noqa: N815 -- the name that http.server calls

    def _send(self, text: str, headers: dict[str, str]) -> None:
        self.send_response(200)
        for name, value in {**headers, "Content-Length": str(len(text))}.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(text.encode())

    def log_message(self, *_: object) -> None:
        """Nothing is printed."""


@pytest.fixture
def hub() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Hub)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def weights_of(model: str, hub: str, cache: Path) -> subprocess.CompletedProcess[str]:
    """The hub's library reads its address when it is imported, hence a process of its own."""
    show = (
        f"from index.model_files import *; print((model_folder({model!r}) / WEIGHTS).read_text())"
    )
    return subprocess.run(
        [sys.executable, "-c", show],
        cwd=ROOT,
        env={**os.environ, "HF_HUB_OFFLINE": "0", "HF_ENDPOINT": hub, "HF_HOME": str(cache)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_packaged_model_and_a_folder_need_no_hub(tmp_path: Path) -> None:
    assert (model_folder(PACKAGED) / WEIGHTS).is_file()
    (tmp_path / WEIGHTS).write_bytes(b"")
    assert model_folder(str(tmp_path)) == tmp_path


def test_a_folder_without_weights_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadModel, match=WEIGHTS):
        model_folder(str(tmp_path))


@pytest.mark.parametrize(
    ("model", "commit"),
    [
        ("council/encoder", COMMITS["main"]),
        ("council/encoder@v1", COMMITS["v1"]),
    ],
)
def test_a_model_from_the_hub_has_the_revision_that_is_named(
    model: str, commit: str, hub: str, tmp_path: Path
) -> None:
    done = weights_of(model, hub, tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == commit


def test_a_revision_that_the_hub_does_not_have_is_named(hub: str, tmp_path: Path) -> None:
    done = weights_of("council/encoder@v9", hub, tmp_path)
    assert done.returncode != 0
    assert "BadModel: MODEL=council/encoder@v9 is neither" in done.stderr
