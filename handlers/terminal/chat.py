"""A conversation in the terminal: questions, commands about them, and answers as they come."""

import secrets
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from rich.console import Console
from rich.text import Text

from desk.model.case import Case, Naming
from desk.model.errors import DeskError
from desk.model.people import Person
from desk.model.preferences import Preferences
from desk.model.question import Accepted, InboundEvent, Incoming, NoCase, Verdict
from handlers.conversation import case_wording
from handlers.conversation.acknowledgement import is_acknowledgement
from handlers.conversation.edited_messages import take_edit
from handlers.conversation.escalation import EscalationOptions
from handlers.conversation.message_flags import read_flags
from handlers.conversation.services import Services
from handlers.terminal.help_text import HELP, WELCOME
from handlers.terminal.messenger import TerminalMessenger
from handlers.terminal.reply_text import show
from knowledge.errors import BadInput
from knowledge.policy import Role
from knowledge.question import role_named

QUIT = "/quit"
LEAVING = (QUIT, "/exit")
REMEMBERED = 5  # earlier messages of the conversation
NOTHING_ASKED = "Ask a question first."
WHICH_SECTION = "Give the number of the section that answers: /answers 1."
UNNAMED = "unnamed"
BY_DEFAULT = Preferences()


@dataclass
class Chat:
    """`last` is the number of the last question, 0 before the first; `message` its message."""

    console: Console
    services: Services
    messenger: TerminalMessenger
    person: Person
    role: Role
    history: list[str] = field(default_factory=list)
    last: int = 0
    message: str = ""
    unhappy: bool = False

    def take(self, line: str) -> None:
        """One line as it was typed: a question, a choice or a command."""
        name, _, rest = line.partition(" ")
        try:
            if line.startswith("/"):
                self._commands.get(name, self._help)(rest.strip())
            elif line:
                self.ask(self._chosen(line) or line)
        except (DeskError, BadInput) as error:
            self._say(str(error))
        self.poll()

    def ask(self, line: str) -> None:
        typed, options = self._read(line)
        self.message = secrets.token_hex(8)
        incoming = Incoming(
            event_id=self.message,
            message_id=self.message,
            contact=self.messenger.contact,
            person=self.person,
            role=self.role,
            text=typed,
            history=tuple(self.history[-REMEMBERED:]),
        )
        accepted = self.services.conversation.ask(incoming, options)
        if isinstance(accepted, Accepted):
            self.last, self.unhappy = accepted.question_id, False
        self.history.append(typed)
        self.poll()

    def poll(self) -> int:
        """Show what is due by now; return how many messages that was."""
        desk = self.services.desk
        desk.jobs.sweep(self.services.conversation.answer_again)
        desk.jobs.remind()
        desk.jobs.close_answered()
        return desk.delivery.deliver_due(self.messenger)

    @property
    def _commands(self) -> Mapping[str, Callable[[str], None]]:
        return {
            "/role": self._change_role,
            "/comms": self._ask_comms,
            "/no": self._ask_comms,
            "/answers": self._confirm,
            "/helpful": lambda remark: self._judge(Verdict.HELPFUL, remark),
            "/yes": lambda remark: self._judge(Verdict.HELPFUL, remark),
            "/not-helpful": lambda remark: self._judge(Verdict.NOT_HELPFUL, remark),
            "/cases": self._list_cases,
            "/add": self._add,
            "/edit": self._edit,
            "/withdraw": self._withdraw,
        }

    def _chosen(self, line: str) -> str:
        """The choice with this number under the last reply; empty where there is none."""
        choices = self.messenger.choices
        number = int(line) if line.isdecimal() and len(line) < 3 else 0
        return choices[number - 1] if 0 < number <= len(choices) else ""

    def _change_role(self, name: str) -> None:
        self.role = role_named(name)

    def _ask_comms(self, how: str) -> None:
        options = EscalationOptions(Naming.UNNAMED if how == UNNAMED else Naming.NAMED)
        actions = self.services.question_actions
        to_comms = actions.complain if self.unhappy else actions.ask_comms
        case = to_comms(self._last(), self.person, options)
        if not self.poll():
            self._say(case_wording.WITH_COMMS.format(ref=case.ref))

    def _judge(self, verdict: Verdict, remark: str) -> None:
        actions = self.services.question_actions
        show(self.console, actions.judge(self._last(), self.person, verdict, remark))
        self.unhappy = verdict is Verdict.NOT_HELPFUL

    def _confirm(self, number: str) -> None:
        if not number.isdecimal() or len(number) > 2:
            raise BadInput(WHICH_SECTION)
        actions = self.services.question_actions
        show(self.console, actions.confirm(self._last(), self.person, int(number)))

    def _list_cases(self, _: str) -> None:
        cases = self.services.desk.intake.cases_of(self.person)
        self._say("\n".join(map(_in_short, cases)) or case_wording.NO_CASES)

    def _add(self, rest: str) -> None:
        ref, _, line = rest.partition(" ")
        typed, options = self._read(line)
        for case in self.services.desk.intake.cases_of(self.person):
            if case.ref == ref and case.answers and is_acknowledgement(typed, case):
                self._say(case_wording.ACKNOWLEDGED.format(ref=ref))
                return
        additions = self.services.case_additions
        additions.follow_up(self._event(), ref, typed, options.personal_data, self.role)

    def _edit(self, line: str) -> None:
        """A question that never reached comms is asked again in the new words."""
        edits, flags = self.services.case_additions, read_flags(line)
        edit = take_edit(edits, self._event(), self.message, flags, BY_DEFAULT)
        if isinstance(edit.outcome, NoCase):
            self.ask(line)
        elif edit.notice:
            self._say(edit.notice)

    def _withdraw(self, ref: str) -> None:
        updates, event = self.services.desk.case_edits, self._event()
        case = updates.withdraw(event, ref) if ref else updates.deleted(event, self.message)
        none = isinstance(case, NoCase)
        self._say(case_wording.NOTHING_WITHDRAWN if none else case_wording.WITHDRAWN)

    def _help(self, _: str) -> None:
        self._say(HELP)

    def _event(self) -> InboundEvent:
        return InboundEvent(secrets.token_hex(8), self.messenger.contact.surface, self.person)

    def _read(self, line: str) -> tuple[str, EscalationOptions]:
        """The words of a line without its flags, and what the flags say."""
        flags = read_flags(line)
        return flags.text, flags.options(BY_DEFAULT)

    def _last(self) -> int:
        if not self.last:
            raise BadInput(NOTHING_ASKED)
        return self.last

    def _say(self, text: str) -> None:
        self.console.print(Text(text))
        self.console.print()


def converse(chat: Chat) -> None:
    """Hold the conversation until the input ends. Answers are shown before each prompt."""
    chat.console.print(Text(WELCOME, style="dim"))
    chat.poll()
    while (line := _next_line(chat.console, chat.role)) not in LEAVING:
        chat.take(line)


def _in_short(case: Case) -> str:
    """Without the words of a case that others share: they may be somebody else's."""
    words = f"  {case.question}" if len(case.askers) == 1 else ""
    return f"{case.ref}  {case.status}{words}"


def _next_line(console: Console, role: Role) -> str:
    prompt = Text(f"{role}> ", style="green") if sys.stdin.isatty() else Text()
    try:
        line = console.input(prompt).strip()
    except EOFError:
        return QUIT
    if not sys.stdin.isatty() and line:
        console.print(Text(f"{role}> {line}", style="green"))
    return line
