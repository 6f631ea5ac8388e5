"""Everything that can be wrong with what the bot is given to read, as one tree."""


class BadInput(Exception):
    """Its text is one clear sentence for the person who gave the input."""


class UnreadablePolicy(BadInput):
    """A policy file or folder that cannot be read as text with at least one sentence."""


class BadQuestionBank(BadInput):
    """A line of a question file that is no JSON or lacks what a question needs."""
