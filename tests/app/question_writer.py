"""A language model's endpoint, faked as an HTTP server that speaks OpenAI's protocol."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

Answer = Callable[[str], tuple[int, str]]
"""From the prompt to the HTTP status and the text that the model writes."""


@dataclass
class QuestionWriter:
    """`requests` holds what came: path, authorization and the body as parsed JSON."""

    answer: Answer
    address: str = ""
    finish_reason: str = "stop"
    requests: list[tuple[str, str, dict[str, object]]] = field(default_factory=list)

    @property
    def prompts(self) -> list[str]:
        return [prompt_of(body) for _, _, body in self.requests]


def prompt_of(body: dict[str, object]) -> str:
    messages = body["messages"]
    assert isinstance(messages, list)
    assert [message["role"] for message in messages] == ["user"]
    return str(messages[0]["content"])


@contextmanager
def question_writer(answer: Answer) -> Iterator[QuestionWriter]:
    writer = QuestionWriter(answer)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            writer.requests.append((self.path, self.headers["Authorization"], body))
            status, text = writer.answer(prompt_of(body))
            content = json.dumps(
                completion(text, writer.finish_reason) if status == 200 else {"error": {}}
            ).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            """The tests print nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    writer.address = f"http://127.0.0.1:{server.server_address[1]}/v1"
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield writer
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def completion(text: str, finish_reason: str) -> dict[str, object]:
    return {
        "id": "1",
        "object": "chat.completion",
        "created": 1,
        "model": "m",
        "choices": [
            {
                "index": 0,
                "finish_reason": finish_reason,
                "message": {"role": "assistant", "content": text},
            }
        ],
    }
