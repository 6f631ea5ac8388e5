"""What can be wrong with the files and questions that the bot is given."""


class BadInput(Exception):
    """Its message is one clear sentence for the person who gave the input."""


class UnreadablePolicy(BadInput):
    """A policy file or folder that cannot be read as text with at least one sentence."""


class UnreadableContent(Exception):
    """Its message continues a sentence that begins with the file's name: "is a scan: ..."."""


class BadQuestionBank(BadInput):
    """A line of a question file that is not JSON or lacks a field of a question."""
