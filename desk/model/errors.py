"""Everything the desk refuses, as one tree. The text of each is a sentence for a person."""


class DeskError(Exception):
    """The root: catch this to tell a person what went wrong."""


class BadDatabase(DeskError):
    """A database address that names no database the desk can use."""


class BadHours(DeskError):
    """Office hours under which nobody would ever be in the office."""


class Refused(DeskError):
    """A step that cannot be taken now."""


class NoSuchCase(Refused):
    """No case has this reference."""


class NoSuchQuestion(Refused):
    """No accepted question has this number, or no case came of this message."""


class NoSuchPrecedent(Refused):
    """No published answer has this reference."""


class Overtaken(Refused):
    """The case is no longer as it was when the colleague looked at it."""


class AlreadyClaimed(Refused):
    """Somebody else has the case; the sentence says who."""


class AlreadyAnswered(Refused):
    """Somebody was first; the sentence says who."""


class WrongStep(Refused):
    """The case's status does not allow this step."""


class NothingSaid(Refused):
    """An answer, a reason or a follow-up without words."""


class NotYours(Refused):
    """A person reaches for the question of somebody else."""


class AlreadyFinished(Refused):
    """The question has its outcome; a second one would be said twice."""


class NotPublishable(Refused):
    """A published answer that would interpret no clause, or be out of date at once."""


class SignInRefused(Refused):
    """Somebody does not get in. `why` is for the audit trail: it says nothing about them."""

    def __init__(self, sentence: str, why: str) -> None:
        super().__init__(sentence)
        self.why = why


class DeliveryFailed(DeskError):
    """What a messenger raises; the sentence says what the platform answered, never the message."""


class RetryAfter(DeliveryFailed):
    """The platform took nothing and asked for patience. `seconds` as the platform gave them."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"The platform asks to wait {seconds:g} seconds.")
        self.seconds = seconds


class Undeliverable(DeliveryFailed):
    """The platform will never take it: the asker is gone, or has blocked the bot."""
