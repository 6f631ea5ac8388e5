"""How policies print labels, as regular expressions for the beginning of a line."""

import re

_DASH = "[-–—]"
LAST_STEP = re.compile(r"(?:[./-]?\d+|\.?\([a-z0-9]+\)|\.?(?:[a-z]|[ivx]{2,5}|[A-Z]))$")
_NUMBER_WORDS = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
_WORDS = (
    "section|sec\\.?|article|art\\.?|part|chapter|clause|paragraph|rule|regulation|standing order"
    "|bye?-?law|principle|standard|stage|step|appendix|annexe?|schedule"
)
NAMED = re.compile(
    rf"((?i:{_WORDS}))"
    rf"(?:\s{{1,4}}((?:[A-Z]\.?)?\d{{1,3}}(?:[.-]\d{{1,3}})*[A-Z]?|[ivxIVX]{{1,6}}|[A-Za-z]"
    rf"|(?i:{_NUMBER_WORDS})))?(?![\w’'.]*\w)"
    r"(\s{0,4}[:.)–—-]{1,2}(?=\s|$)|(?=\s|$))"
)
CODE = re.compile(r"([A-Z]{2,8}(?:[./-][A-Z0-9]{1,8}){0,4}[./-]\d{1,5})(?:[:.](?=\s)|(?=\s|$))")
CLAUSE_CODE = re.compile(r"([A-Z]{1,4}\d{1,3}(?:\.\d{1,3}){1,4})[.:)]?(?=\s|$)")
SECTION_CODE = re.compile(r"([A-Z]{2,4}\d{1,3})[.:)]?(?=\s|$)")
DECIMAL = re.compile(
    r"(?:§{1,2}\s?)?((?:[A-Z]\.?)?\d{1,3}(?:[./]\d{1,3}){1,7}(?:\.?[a-z])?"
    r"|[A-Z]\.?\d{1,2}|[IVX]{1,5}\.\d{1,2}(?:\.\d{1,2})*|\d{1,3}\.?[a-z]|\d{1,3}[A-Z]"
    r"|(?<=§ )\d{1,3}-\d{1,4}|(?<=§)\d{1,3}-\d{1,4}|\d{1,3}-\d{1,4}(?=\.\s))"
    rf"(?:[.):]|\s?{_DASH}{{1,2}}(?=\s)|{_DASH}(?=\())?(?=\s|$|[A-Z“\"‘(])"
)
COMPOUND = re.compile(
    r"(\d{1,3}(?:\.\d{1,3}){0,7}(?:\.?\((?:[a-z]{1,4}|[A-Z]|\d{1,2})\)){1,4})[.:]?(?=\s|$)"
)
NUMBER = re.compile(
    r"(§{1,2}\s?|\(|\[)?(\d{1,3})"
    rf"([.):\]/](?=\s|$|[A-Z“\"‘(])|\.?\s?{_DASH}{{1,2}}(?=\()|{_DASH}(?=\s)"
    r"|\s[-–—:](?=\s)|(?=\s|$))"
)
LETTER = re.compile(r"([\[(])?([A-Za-z]|[ivxIVX]{2,6})([\])]|\.(?=\s|$)|:(?=\s)|\s[–—-](?=\s))")
BARE_LETTER = re.compile(r"([A-Za-z]|[ivx]{2,6}|[IVX]{2,6})(?=\s|$)")
MAY_BEGIN = re.compile(
    r"[\d(\[§]|[A-Za-z](?:[.)\]:\s\d]|$)|[ivxIVX]{2,6}(?:[.):\s]|$)|[A-Z]{2,8}[./-]|[A-Z]{2,4}\d"
    r"|(?i:[sacrpb][a-z-]{2,11})\b"
)
ONLY_NUMBER = frozenset({"section", "sec", "clause", "paragraph"})
FULL_WORDS = {"art": "article", "sec": "section", "by-law": "byelaw", "bylaw": "byelaw"}
STANDS_ALONE = frozenset({"appendix", "annex", "annexe", "schedule"})
AFTER_LABEL = re.compile(rf"(?:{_DASH}|:)\s+")
