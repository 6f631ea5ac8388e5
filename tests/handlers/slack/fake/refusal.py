"""How Slack says no, and the JSON that travels in both directions."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

# What crosses the wire is Slack's, and is checked where it comes in.
Json = dict[str, Any]


@dataclass(eq=False)
class Refusal(Exception):
    """`error` is Slack's own word for it; `retry_after` in seconds goes with HTTP 429."""

    error: str
    details: tuple[str, ...] = ()
    retry_after: int = 0
    status: int = 200

    def body(self) -> Mapping[str, Any]:
        answer: Json = {"ok": False, "error": self.error}
        if self.details:
            answer |= {
                "errors": list(self.details),
                "response_metadata": {"messages": [f"[ERROR] {d}" for d in self.details]},
            }
        return answer
