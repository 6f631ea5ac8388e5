"""The addresses in what somebody wrote become links."""

import re

from markupsafe import Markup, escape

# Signs that end a sentence or close a bracket do not belong to an address.
ADDRESS = re.compile(r"https://[^\s<>\"'”’]+[^\s<>\"'”’.,;:!?)\]]")


def linked(text: str) -> Markup:
    """The text, escaped, with its https addresses as links. What is not https stays text: on a page
    of a council a link is a recommendation."""
    parts: list[Markup] = []
    end = 0
    for found in ADDRESS.finditer(text):
        address = found[0]
        parts += [
            escape(text[end : found.start()]),
            Markup('<a href="{0}" rel="noopener noreferrer">{0}</a>').format(address),
        ]
        end = found.end()
    return Markup("").join([*parts, escape(text[end:])])
