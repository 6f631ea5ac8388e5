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
    """No accepted question has this number, or the message belongs to no case."""


class NoSuchPolicyVersion(Refused):
    """No uploaded policy has this number."""


class PolicyVersionInUse(Refused):
    """What was in force is kept, so that a citation of it can be explained."""


class NoSuchTaughtQuestion(Refused):
    """The policy has no example question with this number."""


class NoSuchProposal(Refused):
    """Nothing is proposed for the policy from this case or question, or it is decided."""


class TooManyQuestions(Refused):
    """A policy would have more example questions than are taken."""


class NoSuchPrecedent(Refused):
    """No published answer has this reference."""


class NoSuchNote(Refused):
    """The case has no note with this number."""


class NoSuchReply(Refused):
    """No saved reply has this number."""


class NoSuchColleague(Refused):
    """Nobody who works on cases is called this."""


class TooMany(Refused):
    """More notes or saved replies than the desk keeps."""


class Overtaken(Refused):
    """The case is no longer as it was when the colleague looked at it."""


class AlreadyClaimed(Refused):
    """The case is with somebody else; the sentence says with whom."""


class AlreadyAnswered(Refused):
    """Somebody was first; the sentence says who."""


class WrongStep(Refused):
    """The case's status does not allow this step."""


class NothingSaid(Refused):
    """An answer, a reason or a follow-up without words."""


class TooLong(Refused):
    """More characters than the desk takes; the sentence says how many it does."""


class NotYours(Refused):
    """The question belongs to somebody else."""


class AlreadyFinished(Refused):
    """The question has its outcome; a second one would be said twice."""


class AlreadyTaught(Refused):
    """The policy has an example question that says the same."""


class NotPublishable(Refused):
    """A published answer that cites no clause, or whose review date has passed already."""


class AlreadyPublished(Refused):
    """Another published answer is for the same question."""


class SignInRefused(Refused):
    """Somebody may not sign in. `why` is for the audit trail and says nothing about them."""

    def __init__(self, sentence: str, why: str) -> None:
        super().__init__(sentence)
        self.why = why


class DeliveryFailed(DeskError):
    """A messenger raises it. The sentence is the platform's answer, without the message."""


class RetryAfter(DeliveryFailed):
    """The platform took nothing and asked to wait. `seconds` as the platform gave them; after
    several tries the desk waits longer."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"The platform asks to wait {seconds:g} seconds.")
        self.seconds = seconds


class Undeliverable(DeliveryFailed):
    """The platform will never take it: the asker is gone, or has blocked the bot."""


class LeftForAnother(DeliveryFailed):
    """Another messenger of the same surface is to deliver it. This counts as no try."""
