"""A council's name, logo and colour: the colours of the pages are computed from the one it sets."""

from colorsys import hls_to_rgb, rgb_to_hls
from dataclasses import dataclass
from pathlib import Path

Colour = tuple[float, float, float]  # red, green and blue from 0 to 255

WHITE: Colour = (255, 255, 255)
BLACK: Colour = (0, 0, 0)
# The grounds with the least contrast that links are on, as style.css sets them.
LIGHT_GROUND: Colour = (236, 239, 241)
DARK_GROUND: Colour = (50, 58, 64)
DARK_PAGE: Colour = (22, 25, 28)
# The faintest text, as style.css sets it.
LIGHT_FAINT: Colour = (77, 85, 91)
DARK_FAINT: Colour = (180, 188, 194)
# WCAG 2.2, success criterion 1.4.3 (level AA), asks for 4.5; the rest is for rounding.
READABLE = 4.6
STEPS = 40
DEFAULT_COLOUR = "#1d5b79"


@dataclass(frozen=True, slots=True)
class Theme:
    """`colour` is written as #RRGGBB. `logo` is a picture, or None."""

    council_name: str = ""
    colour: str = DEFAULT_COLOUR
    logo: Path | None = None

    @property
    def logo_name(self) -> str:
        """Under which the logo is served, such as logo.svg, or empty."""
        return f"logo{self.logo.suffix.lower()}" if self.logo else ""

    def style_sheet(self) -> str:
        """The colours that depend on the council's, as CSS variables, for both themes.

        Text on the colour is white or black, and links are as close to the colour as they can be
        read, so any colour will do.
        """
        brand = _parsed(self.colour)
        on_brand = max((WHITE, BLACK), key=lambda text: contrast(text, brand))
        light_ground = _ground(brand, WHITE, LIGHT_FAINT, 0.1)
        dark_ground = _ground(brand, DARK_PAGE, DARK_FAINT, 0.3)
        light = {
            "brand": brand,
            "on-brand": on_brand,
            # Away from the colour of the text, so that it stays readable.
            "brand-hover": _mixed(brand, BLACK if on_brand == WHITE else WHITE, 0.2),
            "brand-edge": _mixed(brand, BLACK, 0.5),
            "brand-link": _readable(brand, (LIGHT_GROUND, light_ground), lighter=False),
            "brand-ground": light_ground,
        }
        dark = {
            "brand-link": _readable(brand, (DARK_GROUND, dark_ground), lighter=True),
            "brand-ground": dark_ground,
        }
        return (
            f":root{{{_declarations(light)}}}\n"
            f"@media screen and (prefers-color-scheme:dark){{:root{{{_declarations(dark)}}}}}\n"
        )


def contrast(one: Colour, other: Colour) -> float:
    """From 1 to 21, as WCAG 2.2 defines it."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: Colour) -> float:
    shares = (part / 255 for part in colour)
    red, green, blue = (
        share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _readable(colour: Colour, grounds: tuple[Colour, ...], *, lighter: bool) -> Colour:
    """The nearest lighter or darker colour of the same hue that can be read on all grounds."""
    hue, lightness, saturation = rgb_to_hls(*(part / 255 for part in colour))
    way = (1 if lighter else 0) - lightness
    for step in range(STEPS):
        shares = hls_to_rgb(hue, lightness + way * step / STEPS, saturation)
        red, green, blue = (round(share * 255) for share in shares)
        if all(contrast((red, green, blue), ground) >= READABLE for ground in grounds):
            return red, green, blue
    return WHITE if lighter else BLACK


def _ground(colour: Colour, page: Colour, text: Colour, share: float) -> Colour:
    """The page with at most this share of the colour in it, and less where the text needs it."""
    shares = (share * (STEPS - step) / STEPS for step in range(STEPS))
    grounds = (_mixed(page, colour, each) for each in shares)
    return next((each for each in grounds if contrast(text, each) >= READABLE), page)


def _mixed(colour: Colour, other: Colour, share: float) -> Colour:
    """`share` of the other colour, from 0 to 1."""
    red, green, blue = (
        round(one + (two - one) * share) for one, two in zip(colour, other, strict=True)
    )
    return red, green, blue


def _parsed(colour: str) -> Colour:
    red, green, blue = bytes.fromhex(colour.removeprefix("#"))
    return red, green, blue


def _declarations(colours: dict[str, Colour]) -> str:
    return "".join(f"--{name}:{_written(colour)};" for name, colour in colours.items())


def _written(colour: Colour) -> str:
    return "#" + "".join(f"{round(part):02x}" for part in colour)
