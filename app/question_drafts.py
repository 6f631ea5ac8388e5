"""Example questions drafted by a language model, over an endpoint that speaks OpenAI's protocol.

Only the policy's text and the instructions are sent, and only when somebody runs the command.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from openai import OpenAI, OpenAIError

from knowledge.errors import BadInput
from knowledge.policy import Policy
from knowledge.question_import import check
from knowledge.teaching_prompt import Part, Prompts
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
CUT = (
    "Part {number} of {of}: the answer was cut off, so some questions are missing. Run the command "
    "again, or let the model write longer answers."
)
UNUSABLE = "Part {number} of {of}: no line of the answer could be used. Run the command again."
WHOLE = ("stop", None)
"""What ends an answer that was not cut; some endpoints do not say."""
TASK = "Drafting questions"
ANSWERS_WITHIN_S = 300
"""A part is some 80 lines, which a model on a council's own machine may take minutes to write."""
TRIES = 3
LONGEST_ERROR = 200  # characters


@dataclass(frozen=True, slots=True)
class Drafted:
    """`content` is what the model wrote, `problems` a sentence for each part that is not whole."""

    content: bytes
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Written:
    text: str
    was_cut: bool


def draft(settings: Settings, policy: Policy, progress: Callable[[str, int, int], None]) -> Drafted:
    """What the model wrote for every part, one after the other. A part that it answered well
    before, for the same policy, is not asked for again. Raises BadInput."""
    writer = settings.question_writer_model
    if not settings.question_writer_url or not writer:
        raise BadInput(NOT_SET)
    folder = settings.data / "drafts" / policy.name
    parts = Prompts(policy)
    written: list[bytes] = []
    problems: list[str] = []
    with _client(settings) as client:
        for done, part in enumerate(parts):
            progress(TASK, done, len(parts))
            file = folder / f"{part.number}-{_digest(writer, part.text)}.jsonl"
            kept = file.read_bytes() if file.is_file() else b""
            if not _usable(policy, kept):
                answer = _written(client, settings, part)
                kept = answer.text.encode("utf-8", "replace")
                if problem := _problem(policy, part, answer, kept):
                    problems.append(problem)
                else:
                    _keep(file, kept)
            written.append(kept)
        progress(TASK, len(parts), len(parts))
    return Drafted(b"\n".join(written), tuple(problems))


def _problem(policy: Policy, part: Part, answer: _Written, content: bytes) -> str:
    """Why the part is to be asked for again; empty if it is not."""
    if not _usable(policy, content):
        return UNUSABLE.format(number=part.number, of=part.of)
    return CUT.format(number=part.number, of=part.of) if answer.was_cut else ""


def _usable(policy: Policy, content: bytes) -> bool:
    """Whether at least one question can be taken."""
    try:
        return bool(check(policy, content).questions)
    except BadInput:
        return False


def _client(settings: Settings) -> OpenAI:
    # An endpoint on the council's own machine, such as Ollama, wants no key, but the library does.
    key = settings.question_writer_key.get_secret_value() or "none"
    return OpenAI(
        base_url=settings.question_writer_url,
        api_key=key,
        timeout=ANSWERS_WITHIN_S,
        max_retries=TRIES - 1,
    )


def _written(client: OpenAI, settings: Settings, part: Part) -> _Written:
    text, was_cut, problem = "", False, NOTHING
    try:
        answer = client.chat.completions.create(
            model=settings.question_writer_model,
            messages=[{"role": "user", "content": part.text}],
        )
        for choice in answer.choices[:1]:
            text, was_cut = choice.message.content or "", choice.finish_reason not in WHOLE
    except OpenAIError as error:
        problem = " ".join(str(error).split())[:LONGEST_ERROR].rstrip(".")
    if not text:
        url = settings.question_writer_url
        raise BadInput(FAILED.format(url=url, number=part.number, of=part.of, error=problem))
    return _Written(text, was_cut)


def _keep(file: Path, content: bytes) -> None:
    """Whole or not at all."""
    file.parent.mkdir(parents=True, exist_ok=True)
    beside = file.with_suffix(".part")
    beside.write_bytes(content)
    beside.rename(file)


def _digest(writer: str, prompt: str) -> str:
    return hashlib.sha256(f"{writer}\0{prompt}".encode()).hexdigest()[:16]
