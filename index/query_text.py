"""How a question is put to the encoder."""

from knowledge.question import Question


def query_text(question: Question) -> str:
    """The role and the last earlier message stand before the question: the same words mean
    another section to a councillor, and "and LinkedIn?" means nothing alone."""
    earlier = f"{question.history[-1]} / " if question.history else ""
    return f"{question.role}: {earlier}{question.text}"
