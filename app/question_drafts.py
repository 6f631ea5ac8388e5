"""Example questions drafted by a language model, over an endpoint that speaks OpenAI's protocol.

Only the policy's text and the instructions are sent, and only when somebody runs the command.
"""

import hashlib
from collections.abc import Callable
from pathlib import Path

from openai import OpenAI, OpenAIError

from knowledge.errors import BadInput
from knowledge.policy import Policy
from knowledge.teaching_prompt import Part, prompts
from settings import Settings

NOT_SET = (
    "Drafting needs QUESTION_WRITER_URL and QUESTION_WRITER_MODEL, the address and the model of an "
    "endpoint that speaks OpenAI's protocol."
)
FAILED = (
    "The question writer at {url} failed at part {number} of {of}: {error}. The parts before are "
    "kept: run the command again to go on."
)
NOTHING = "it wrote nothing"
TASK = "Drafting questions"
ANSWERS_WITHIN_S = 300
"""A part is some 80 lines, which a model on a council's own machine may take minutes to write."""
TRIES = 3
LONGEST_ERROR = 200  # characters


def draft(settings: Settings, policy: Policy, progress: Callable[[str, int, int], None]) -> bytes:
    """What the model wrote for every part, one after the other. A part that was written before,
    for the same policy by the same model, is not asked for again. Raises BadInput."""
    writer = settings.question_writer_model
    if not settings.question_writer_url or not writer:
        raise BadInput(NOT_SET)
    folder = settings.data / "drafts" / policy.name
    parts = prompts(policy)
    written = []
    with _client(settings) as client:
        for done, part in enumerate(parts):
            progress(TASK, done, len(parts))
            file = folder / f"{part.number}-{_digest(writer, part.text)}.jsonl"
            if not file.is_file():
                _keep(file, _written(client, settings, part))
            written.append(file.read_bytes())
        progress(TASK, len(parts), len(parts))
    return b"\n".join(written)


def _client(settings: Settings) -> OpenAI:
    # An endpoint on the council's own machine, such as Ollama, wants no key, but the library does.
    key = settings.question_writer_key.get_secret_value() or "none"
    return OpenAI(
        base_url=settings.question_writer_url,
        api_key=key,
        timeout=ANSWERS_WITHIN_S,
        max_retries=TRIES - 1,
    )


def _written(client: OpenAI, settings: Settings, part: Part) -> str:
    try:
        answer = client.chat.completions.create(
            model=settings.question_writer_model,
            messages=[{"role": "user", "content": part.text}],
        )
        text = answer.choices[0].message.content if answer.choices else ""
        problem = "" if text else NOTHING
    except OpenAIError as error:
        text, problem = "", " ".join(str(error).split())[:LONGEST_ERROR].rstrip(".")
    if not text:
        url = settings.question_writer_url
        raise BadInput(FAILED.format(url=url, number=part.number, of=part.of, error=problem))
    return text


def _keep(file: Path, text: str) -> None:
    """Whole or not at all."""
    file.parent.mkdir(parents=True, exist_ok=True)
    beside = file.with_suffix(".part")
    beside.write_text(text, encoding="utf-8")
    beside.rename(file)


def _digest(writer: str, prompt: str) -> str:
    return hashlib.sha256(f"{writer}\0{prompt}".encode()).hexdigest()[:16]
