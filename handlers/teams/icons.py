"""The two icons of the Teams app, drawn: a speech bubble that quotes three lines."""

import struct
import zlib
from collections.abc import Callable
from dataclasses import dataclass

COLOUR_SIZE = 192
OUTLINE_SIZE = 32
ACCENT = "#1F4E79"
BLUE = (0x1F, 0x4E, 0x79, 255)
WHITE = (255, 255, 255, 255)
CLEAR = (255, 255, 255, 0)
SAMPLES = 4  # along each side of a pixel, so that edges are smooth

Colour = tuple[int, int, int, int]
Paint = Callable[[float, float], Colour]


@dataclass(frozen=True, slots=True)
class Box:
    """With round corners; all lengths as parts of the picture's side."""

    left: float
    top: float
    right: float
    bottom: float
    radius: float

    def holds(self, x: float, y: float, shrunk: float = 0.0) -> bool:
        radius = self.radius - shrunk
        inner = self.radius
        dx = max(self.left + inner - x, x - (self.right - inner), 0.0)
        dy = max(self.top + inner - y, y - (self.bottom - inner), 0.0)
        return dx * dx + dy * dy <= radius * radius


BUBBLE = Box(0.12, 0.16, 0.88, 0.70, 0.10)
LINES = (
    Box(0.26, 0.28, 0.74, 0.34, 0.03),
    Box(0.26, 0.40, 0.74, 0.46, 0.03),
    Box(0.26, 0.52, 0.56, 0.58, 0.03),
)
BORDER = 0.06


def colour_icon() -> bytes:
    return _png(COLOUR_SIZE, _coloured)


def outline_icon() -> bytes:
    """White and transparent alone, as Teams asks."""
    return _png(OUTLINE_SIZE, _outlined)


def _coloured(x: float, y: float) -> Colour:
    drawn = BUBBLE.holds(x, y) or _in_tail(x, y)
    return WHITE if drawn and not _in_lines(x, y) else BLUE


def _outlined(x: float, y: float) -> Colour:
    border = BUBBLE.holds(x, y) and not BUBBLE.holds(x, y, BORDER)
    return WHITE if border or _in_tail(x, y) or _in_lines(x, y) else CLEAR


def _in_tail(x: float, y: float) -> bool:
    return 0.28 <= x <= 0.46 and 0.68 <= y <= 0.86 - (x - 0.28)


def _in_lines(x: float, y: float) -> bool:
    return any(line.holds(x, y) for line in LINES)


def _png(size: int, paint: Paint) -> bytes:
    """https://www.w3.org/TR/png-3/: eight bits for each of red, green, blue and alpha."""
    rows = b"".join(b"\0" + _row(size, y, paint) for y in range(size))
    header = struct.pack(">2I5B", size, size, 8, 6, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*each) for each in chunks)


def _row(size: int, y: int, paint: Paint) -> bytes:
    return b"".join(bytes(_pixel(size, x, y, paint)) for x in range(size))


def _pixel(size: int, x: int, y: int, paint: Paint) -> Colour:
    steps = [(step + 0.5) / SAMPLES for step in range(SAMPLES)]
    seen = [paint((x + dx) / size, (y + dy) / size) for dy in steps for dx in steps]
    red, green, blue, alpha = (sum(part) // len(seen) for part in zip(*seen, strict=True))
    return red, green, blue, alpha


def _chunk(kind: bytes, data: bytes) -> bytes:
    checked = kind + data
    return struct.pack(">I", len(data)) + checked + struct.pack(">I", zlib.crc32(checked))
