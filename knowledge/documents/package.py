"""The XML files within a Word or OpenDocument file, read with nothing fetched or expanded."""

import io
import re
import zipfile

from lxml import etree

from knowledge.errors import UnreadableContent

LARGEST_PART = 60 * 1024 * 1024
"""Bytes of XML in one part; a document of 2 million characters has about 20 MB."""
_DTD = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_HEAD = 4096


class Package:
    """A zip archive of XML parts. `xml` raises UnreadableContent for a part that is too large."""

    def __init__(self, content: bytes) -> None:
        self._archive = zipfile.ZipFile(io.BytesIO(content))
        self.names = tuple(self._archive.namelist())

    def xml(self, name: str) -> etree._Element | None:
        """The root element of a part, None where there is no such part."""
        if name not in self.names:
            return None
        if self._archive.getinfo(name).file_size > LARGEST_PART:
            most = LARGEST_PART // 1024 // 1024
            raise UnreadableContent(f"holds more than {most} MB of text and markup: split it.")
        content = self._archive.read(name)
        if _DTD.search(content[:_HEAD]):
            raise UnreadableContent("declares its own entities, which no office program does.")
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True
        )
        return etree.fromstring(content, parser)
