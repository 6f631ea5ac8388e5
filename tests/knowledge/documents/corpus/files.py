"""Every document of the corpus, by file name."""

from collections.abc import Iterator

from tests.knowledge.documents.corpus.model import STYLES, Invented, invent
from tests.knowledge.documents.corpus.opendocument import open_document
from tests.knowledge.documents.corpus.paper import pdf
from tests.knowledge.documents.corpus.plain import markdown, text
from tests.knowledge.documents.corpus.web import page
from tests.knowledge.documents.corpus.word import word_file


def corpus() -> Iterator[tuple[str, bytes, Invented]]:
    """The file's name, its content and what it says: 9 styles of numbering in 9 forms."""
    for number, style in enumerate(STYLES):
        document = invent(style, number)
        name = document.name
        yield f"{name}.txt", text(document), document
        yield f"{name}-wrapped.txt", text(document, width=72), document
        yield f"{name}.md", markdown(document), document
        yield f"{name}.html", page(document), document
        yield f"{name}.docx", word_file(document), document
        yield f"{name}-typed.docx", word_file(document, typed=True), document
        yield f"{name}.odt", open_document(document), document
        yield f"{name}.pdf", pdf(document), document
        yield f"{name}-columns.pdf", pdf(document, columns=2, justified=True), document
