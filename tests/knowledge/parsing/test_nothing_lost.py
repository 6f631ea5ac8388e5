"""Whatever is written into a policy comes out of it once, under the label it was given."""

from dataclasses import dataclass

from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.errors import UnreadablePolicy
from knowledge.parsing.lines import has_words
from knowledge.policy import Policy
from tests.knowledge.parsing.read import parse

LETTERS = "-abcdefghijkl"
ROMAN = ("-", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
WORDS = ("staff", "members", "records", "phones", "visits", "letters", "keys", "forms", "travel")

QUICK = settings(max_examples=60, deadline=None, derandomize=True)
THOROUGH = settings(max_examples=300, deadline=None, derandomize=True)


@dataclass(frozen=True)
class Numbering:
    """How headings and items print their labels, and how both are cited.

    {n} is the section's number, {N} and {R} the same as a letter and as a Roman numeral; {m},
    {a} and {r} are the item's.
    """

    heading: str
    section: str
    item: str
    cited: str

    def write(self, template: str, n: int, m: int = 1, title: str = "") -> str:
        section = {"n": n, "N": LETTERS[n].upper(), "R": ROMAN[n].upper()}
        return template.format(m=m, a=LETTERS[m], r=ROMAN[m], title=title, **section)


NUMBERINGS = (
    Numbering("{n}. {title}", "{n}", "({a})", "{n}({a})"),
    Numbering("{n}. {title}", "{n}", "{m}.", "{n}.{m}"),
    Numbering("{n} {title}", "{n}", "{n}.{m}", "{n}.{m}"),
    Numbering("{n}) {title}", "{n}", "{n}.{m}.", "{n}.{m}"),
    Numbering("Section {n} - {title}", "{n}", "{r}.", "{n}({r})"),
    Numbering("ARTICLE {R}: {title}", "Article {R}", "{a})", "Article {R}({a})"),
    Numbering("Appendix {N} {title}", "Appendix {N}", "{m})", "Appendix {N} {m}"),
    Numbering("Part {n}: {title}", "Part {n}", "({r})", "Part {n}({r})"),
    Numbering("{N}. {title}", "{N}", "{m}.", "{N}.{m}"),
    Numbering("{R}. {title}", "{R}", "({a})", "{R}({a})"),
    Numbering("§ {n} {title}", "{n}", "({m})", "{n}({m})"),
    Numbering("POL.HR.00{n} {title}", "POL.HR.00{n}", "{a}.", "POL.HR.00{n}({a})"),
    Numbering("## {title}", "0", "{m}.", "{m}"),
    Numbering("## {n}. {title}", "{n}", "**{n}.{m}**", "{n}.{m}"),
    Numbering("**{n}. {title}**", "{n}", "{n}.{m}", "{n}.{m}"),
)
PLAIN_TEXT = NUMBERINGS[:12]


@dataclass(frozen=True)
class Section:
    title: str
    paragraphs: int
    items: int
    bullets: int


SECTIONS = st.lists(
    st.builds(
        Section,
        title=st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(
            lambda words: " ".join(words).capitalize()
        ),
        paragraphs=st.integers(1, 3),
        items=st.sampled_from((0, 2, 3, 10)),
        bullets=st.integers(0, 3),
    ),
    min_size=2,
    max_size=5,
    unique_by=lambda section: section.title,
)


@dataclass(frozen=True)
class Written:
    """The lines of a policy and, for each line of its body, the label it belongs to."""

    lines: list[str]
    labels: dict[str, str]
    headings: list[tuple[str, str]]


def written(sections: list[Section], numbering: Numbering) -> Written:
    lines = ["Policy for keeping things", ""]
    labels: dict[str, str] = {}
    headings = []
    for n, section in enumerate(sections, start=1):
        headings.append((numbering.write(numbering.section, n), section.title))
        lines += [numbering.write(numbering.heading, n, title=section.title), ""]
        for p in range(section.paragraphs):
            body = f"In section {n} paragraph {p} tells what is kept and for how long it is kept."
            labels[body] = numbering.write(numbering.section, n)
            lines += [body, ""]
        for b in range(section.bullets):
            body = f"bullet {b} of section {n}"
            labels[body] = numbering.write(numbering.section, n)
            lines += [f"- {body}"]
        lines += [""]
        for m in range(1, section.items + 1):
            body = f"Keep item {m} of section {n} in a locked drawer."
            labels[body] = numbering.write(numbering.cited, n, m)
            lines += [f"{numbering.write(numbering.item, n, m)} {body}", ""]
    return Written(lines, labels, headings)


def _lines_with_labels(policy: Policy) -> list[tuple[str, str]]:
    return [(line, clause.section) for clause in policy.clauses for line in clause.text.split("\n")]


@QUICK
@given(SECTIONS, st.sampled_from(NUMBERINGS), st.sampled_from(("\n", "\r\n", "\r")))
def test_every_line_comes_out_once_under_its_label(
    sections: list[Section], numbering: Numbering, line_end: str
) -> None:
    document = written(sections, numbering)
    policy = parse(line_end.join(document.lines), "generated")
    assert _lines_with_labels(policy) == list(document.labels.items())
    assert policy.title == "Policy for keeping things"


@QUICK
@given(SECTIONS, st.sampled_from(NUMBERINGS))
def test_every_clause_stands_under_its_heading(
    sections: list[Section], numbering: Numbering
) -> None:
    document = written(sections, numbering)
    policy = parse("\n".join(document.lines), "generated")
    headings = list(dict.fromkeys(clause.heading for clause in policy.clauses))
    assert headings == [title for _, title in document.headings]


@QUICK
@given(SECTIONS, st.sampled_from(PLAIN_TEXT), st.booleans())
def test_a_contents_list_changes_nothing(
    sections: list[Section], numbering: Numbering, with_pages: bool
) -> None:
    document = written(sections, numbering)
    entries = [
        numbering.write(numbering.heading, n, title=section.title)
        + (f" ........ {n}" if with_pages else "")
        for n, section in enumerate(sections, start=1)
    ]
    lines = [document.lines[0], "", "Contents", "", *entries, *document.lines[1:]]
    policy = parse("\n".join(lines), "generated")
    assert _lines_with_labels(policy) == list(document.labels.items())


def _wrapped(line: str, width: int) -> list[str]:
    rows, indent = [""], "" if line[:1].isalnum() else "    "
    for word in line.split(" "):
        if rows[-1] and len(rows[-1]) + 1 + len(word) > width:
            rows.append(indent + word)
        else:
            rows[-1] = f"{rows[-1]} {word}" if rows[-1] else word
    return rows


@QUICK
@given(SECTIONS, st.sampled_from(PLAIN_TEXT), st.integers(60, 76))
def test_wrapped_lines_are_read_as_one_sentence(
    sections: list[Section], numbering: Numbering, width: int
) -> None:
    document = written(sections, numbering)
    lines = [row for line in document.lines for row in _wrapped(line, width)]
    policy = parse("\n".join(lines), "generated")
    read = {
        sentence.text: clause.section for clause in policy.clauses for sentence in clause.sentences
    }
    assert read == document.labels


FRAGMENTS = st.sampled_from(
    [
        *(
            "1. ",
            "2. ",
            "(a) ",
            "(i) ",
            "i. ",
            "A. ",
            "3.1 ",
            "# ",
            "## ",
            "- ",
            "• ",
            "  - ",
            "| ",
        ),
        *("> ", "Section 2 ", "Appendix B: ", "POL.A.001 ", "§ 4 ", "**", "---", "===", "Contents"),
        *("Page 2", "Title Words", "Staff must stop.", "you may go", "say:", "“No.”", "·", "```"),
        *("Last reviewed: May 2020", "Comments are closed.", ".....3", "---\n", " ", "\t", "\xa0"),
        *("\n", "\n", "\n\n"),
    ]
)


@THOROUGH
@given(st.lists(FRAGMENTS, max_size=40).map("".join))
def test_a_jumble_of_marks_never_stops_the_parser(text: str) -> None:
    _check_consistency(text)


@THOROUGH
@given(st.text(max_size=400))
def test_arbitrary_text_never_stops_the_parser(text: str) -> None:
    _check_consistency(text)


def _check_consistency(text: str) -> None:
    """Every line of a clause is printed in the file, after the line before it; every sentence in
    its clause."""
    try:
        policy = parse(text, "any")
    except UnreadablePolicy:
        return
    printed = iter(_letters(text))
    for clause in policy.clauses:
        assert clause.section
        assert clause.path[-1] == clause.heading
        for line in clause.text.split("\n"):
            assert has_words(line)
            assert all(letter in printed for letter in _letters(line)), line
        for sentence in clause.sentences:
            assert _letters(sentence.text) in _letters(clause.text)
        said = "".join(sentence.text for sentence in clause.sentences)
        assert _letters(said) == _letters(clause.text)


def _letters(text: str) -> str:
    return "".join(character for character in text if character.isalnum())
