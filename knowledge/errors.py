"""What can be wrong with the files and questions that the bot is given."""


class BadInput(Exception):
    """Its text is one clear sentence for the person who gave the input."""


class UnreadablePolicy(BadInput):
    """A policy file or folder that cannot be read as text with at least one sentence."""


class UnreadableContent(Exception):
    """Its text goes on after the file's name: "is a scan: run it through text recognition"."""


class BadQuestionBank(BadInput):
    """A line of a question file that is no JSON or lacks what a question needs."""
