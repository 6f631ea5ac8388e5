"""Names of WordprocessingML, and the values that its elements carry."""

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_OFF = ("0", "false", "off", "none")


def transitional(root: etree._Element) -> etree._Element:
    """The element tree with the names of the transitional format, where it has the strict ones."""
    if not str(root.tag).startswith("{" + _STRICT):
        return root
    text = etree.tostring(root).replace(_STRICT.encode(), W.strip("{}").encode())
    return etree.fromstring(text)


def child(element: etree._Element, name: str) -> etree._Element | None:
    return element.find(f"{W}{name}")


def value(element: etree._Element | None, name: str) -> str:
    """The `w:val` of a child element, empty where there is none."""
    found = child(element, name) if element is not None else None
    return (found.get(f"{W}val") or "") if found is not None else ""


def is_on(properties: etree._Element | None, name: str) -> bool | None:
    """A switch such as `w:b`; None where it is not set here."""
    found = child(properties, name) if properties is not None else None
    return None if found is None else (found.get(f"{W}val") or "1") not in _OFF
