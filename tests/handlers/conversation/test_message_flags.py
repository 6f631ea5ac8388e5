import pytest

from desk.model.case import Naming, PersonalData
from desk.model.preferences import Preferences
from handlers.conversation.escalation import EscalationOptions
from handlers.conversation.message_flags import MessageFlags, read_flags

UNNAMED = MessageFlags("May I post?", unnamed=True)


@pytest.mark.parametrize(
    "typed",
    [
        "unnamed: May I post?",
        "Unnamed:May I post?",
        "unnamed : May I post?",
        "  unnamed:   May I post?",
        ", unnamed: May I post?",
        "*unnamed:* May I post?",
        "*unnamed*: May I post?",
        "**unnamed:** May I post?",
        "_unnamed:_ May I post?",
        "**unnamed: May I post?**",
        "*unnamed: May I post?*",
        "unnamed：May I post?",
        "unnamed:\nMay I post?",
        "unnamed, May I post?",
        "unnamed - May I post?",
        "anonymous: May I post?",
        "unnamed: unnamed: May I post?",
    ],
)
def test_a_message_is_unnamed_however_its_flag_is_typed(typed: str) -> None:
    assert read_flags(typed) == UNNAMED


@pytest.mark.parametrize(
    "typed",
    [
        "unnamed: keep: May I post?",
        "keep: unnamed: May I post?",
        "unnamed, keep: May I post?",
        "*unnamed* and *keep*: May I post?",
        "Keep & Unnamed : May I post?",
    ],
)
def test_both_flags_are_read_in_any_order(typed: str) -> None:
    assert read_flags(typed) == MessageFlags("May I post?", unnamed=True, keep=True)


@pytest.mark.parametrize(
    "typed",
    [
        "May I post an unnamed: photo?",
        "unnamedness: what is it?",
        "keep, May I post?",
        "May I keep: this?",
        "Unnamed sources - may I quote them?",
        "unnamed",
        "",
    ],
)
def test_other_messages_stay_as_they_are(typed: str) -> None:
    assert read_flags(typed) == MessageFlags(typed)


def test_bold_words_after_a_flag_keep_their_marks() -> None:
    assert read_flags("unnamed: *May* I post?").text == "*May* I post?"


def test_a_flag_alone_leaves_no_text() -> None:
    assert read_flags("unnamed: ") == MessageFlags("", unnamed=True)


def test_many_flags_take_linear_time() -> None:
    """A quadratic reading of these would take minutes."""
    assert read_flags("unnamed: keep, " * 50_000 + "keep: hello").text == "hello"
    assert read_flags(" ,*_" * 50_000 + "hello").unnamed is False


def test_a_flag_wins_over_what_its_writer_chose_for_all_questions() -> None:
    chosen = Preferences(naming=Naming.UNNAMED)
    assert read_flags("May I post?").options(chosen) == EscalationOptions(Naming.UNNAMED)
    kept = EscalationOptions(Naming.UNNAMED, PersonalData.KEPT)
    assert read_flags("keep: May I post?").options(chosen) == kept
