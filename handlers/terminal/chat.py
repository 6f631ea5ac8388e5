"""A conversation in the terminal: questions, commands about them, and answers as they come."""

import secrets
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from rich.console import Console
from rich.text import Text

from desk.model.case import Case, Naming, PersonalData
from desk.model.errors import DeskError
from desk.model.people import Person
from desk.model.question import Accepted, InboundEvent, Incoming, NoCase, Verdict
from handlers.conversation.case_wording import NO_CASE, WITH_COMMS, WITHDRAWN
from handlers.conversation.conversation import Conversation
from handlers.conversation.escalation import DEFAULT_OPTIONS, EscalationOptions
from handlers.terminal.messenger import TerminalMessenger
from handlers.terminal.reply_text import show
from knowledge.errors import BadInput
from knowledge.policy import Role
from knowledge.question import role_named

QUIT = "/quit"
LEAVING = (QUIT, "/exit")
REMEMBERED = 5  # earlier messages of the conversation
WELCOME = (
    "Ask me what the policy says, in your own words. “/role manager” changes who you are "
    "(staff, manager, councillor); “/help” lists what else you can do; “/quit” ends."
)
HELP = """/unnamed QUESTION  ask; should it go to the communications team, they see no name
/keep QUESTION     ask; e-mail addresses, numbers and postcodes in it are not hidden from them
/comms [unnamed]   take the last question to the communications team
/good or /bad      say whether the last answer helped
/cases             what of yours is with the communications team
/add REF TEXT      add to a case
/change TEXT       put the last question otherwise
/withdraw [REF]    take a case back, or the last question
/role ROLE         staff, manager or councillor
/quit"""
NOTHING_ASKED = "Ask something first."
UNNAMED = "unnamed"


@dataclass
class Chat:
    """`last` is the number of the last question, 0 before the first; `message` its message."""

    console: Console
    conversation: Conversation
    messenger: TerminalMessenger
    person: Person
    role: Role
    history: list[str] = field(default_factory=list)
    last: int = 0
    message: str = ""
    unhappy: bool = False

    def take(self, line: str) -> None:
        """One line as it was typed: a question or a command."""
        name, _, rest = line.partition(" ")
        try:
            if line.startswith("/"):
                self._commands.get(name, self._help)(rest.strip())
            elif line:
                self.ask(line)
        except (DeskError, BadInput) as error:
            self._say(str(error))
        self.poll()

    def ask(self, text: str, wish: EscalationOptions = DEFAULT_OPTIONS) -> None:
        self.message = secrets.token_hex(8)
        incoming = Incoming(
            event_id=self.message,
            message_id=self.message,
            contact=self.messenger.contact,
            person=self.person,
            role=self.role,
            text=text,
            history=tuple(self.history[-REMEMBERED:]),
        )
        accepted = self.conversation.ask(incoming, wish)
        if isinstance(accepted, Accepted):
            self.last, self.unhappy = accepted.question_id, False
        self.history.append(text)
        self.poll()

    def poll(self) -> int:
        """Show what has become due meanwhile; return how many messages."""
        desk = self.conversation.desk
        desk.jobs.sweep(self.conversation.answer_again)
        desk.jobs.remind()
        desk.jobs.close_answered()
        return desk.delivery.deliver_due(self.messenger)

    @property
    def _commands(self) -> Mapping[str, Callable[[str], None]]:
        return {
            "/role": self._change_role,
            "/unnamed": lambda text: self.ask(text, EscalationOptions(Naming.UNNAMED)),
            "/keep": lambda text: self.ask(
                text, EscalationOptions(personal_data=PersonalData.KEPT)
            ),
            "/comms": self._ask_comms,
            "/good": lambda word: self._judge(Verdict.HELPFUL, word),
            "/bad": lambda word: self._judge(Verdict.NOT_HELPFUL, word),
            "/cases": self._list_cases,
            "/add": self._add,
            "/change": self._change,
            "/withdraw": self._withdraw,
        }

    def _change_role(self, name: str) -> None:
        self.role = role_named(name)

    def _ask_comms(self, how: str) -> None:
        wish = EscalationOptions(Naming.UNNAMED if how == UNNAMED else Naming.NAMED)
        passing_on = self.conversation.question_actions
        to_comms = passing_on.complain if self.unhappy else passing_on.ask_comms
        case = to_comms(self._last(), self.person, wish)
        if not self.poll():
            self._say(WITH_COMMS.format(ref=case.ref))

    def _judge(self, verdict: Verdict, word: str) -> None:
        passing_on = self.conversation.question_actions
        show(self.console, passing_on.judge(self._last(), self.person, verdict, word))
        self.unhappy = verdict is Verdict.NOT_HELPFUL

    def _list_cases(self, _: str) -> None:
        cases = self.conversation.desk.intake.cases_of(self.person)
        self._say("\n".join(map(_in_short, cases)) or NO_CASE)

    def _add(self, rest: str) -> None:
        ref, _, text = rest.partition(" ")
        self.conversation.asker.follow_up(self._deed(), ref, text)

    def _change(self, text: str) -> None:
        if isinstance(self.conversation.asker.edited(self._deed(), self.message, text), NoCase):
            self._say(NO_CASE)

    def _withdraw(self, ref: str) -> None:
        asker, deed = self.conversation.asker, self._deed()
        case = asker.withdraw(deed, ref) if ref else asker.deleted(deed, self.message)
        self._say(NO_CASE if isinstance(case, NoCase) else WITHDRAWN)

    def _help(self, _: str) -> None:
        self._say(HELP)

    def _deed(self) -> InboundEvent:
        return InboundEvent(secrets.token_hex(8), self.messenger.contact.surface, self.person)

    def _last(self) -> int:
        if not self.last:
            raise BadInput(NOTHING_ASKED)
        return self.last

    def _say(self, text: str) -> None:
        self.console.print(Text(text))
        self.console.print()


def converse(chat: Chat) -> None:
    """Until the end of input; answers are shown before each prompt."""
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
