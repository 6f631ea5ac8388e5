"""Whom a sensitive message's sender can turn to, by what they need.

The national lines were looked up on 28 November 2026 in stored copies of these pages:
- 999: https://young.scot/get-informed/national/what-to-do-if-you-have-to-call-999
- Samaritans: https://www.samaritans.org/how-we-can-help/contact-samaritan/
- NSPCC: https://www.nspcc.org.uk/what-you-can-do/report-abuse/
- Acas: its booklet "Bullying and harassment in the workplace", https://www.acas.org.uk
- Protect: https://protect-advice.org.uk
- 101: https://en.wikipedia.org/wiki/101_(police_non-emergency_number), and several forces' pages
- 72 hours: https://ico.org.uk/for-organisations/report-a-breach/personal-data-breach/
Check them again once a year: a wrong number here leaves somebody alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from knowledge.bank import Need
from knowledge.policy import Role

EMERGENCY = "999, if anyone is in immediate danger"
SAMARITANS = "Samaritans, free at any hour: 116 123"
NSPCC = "NSPCC helpline, if it is about a child: 0808 800 5000"
ACAS = "Acas helpline, for advice on your rights at work: 0300 123 1100"
PROTECT = "Protect, free and confidential advice on whistleblowing: 020 3117 2520"
MANAGER_OR_HR = "Your manager or HR"
UNION = "A union, for its members"
POLICE = "The police on 101, about threats or a crime"
ABOUT_A_COUNCILLOR = "The monitoring officer, if it is about a councillor"
MONITORING_OFFICER = "The monitoring officer or democratic services"
DATA_PROTECTION_OFFICER = (
    "council’s data protection officer, at once: a serious breach must be reported within 72 hours"
)

NATIONAL: Mapping[Need, tuple[str, ...]] = {
    Need.DANGER: (
        "999, now",
        "Then your manager or HR",
    ),
    Need.SAFEGUARDING: (
        "Your manager or HR, today: they know whom to call in social services",
        NSPCC,
        EMERGENCY,
    ),
    Need.BULLYING: (MANAGER_OR_HR, ABOUT_A_COUNCILLOR, UNION, ACAS, POLICE, EMERGENCY),
    Need.WRONGDOING: (
        "Your manager, or HR if your manager is involved; ask for the whistleblowing policy",
        ABOUT_A_COUNCILLOR,
        PROTECT,
    ),
    Need.DATA_BREACH: (f"Your manager and the {DATA_PROTECTION_OFFICER}",),
    Need.DISTRESS: (SAMARITANS, "Your manager or HR, or somebody you trust", EMERGENCY),
    Need.PERSONAL_MATTER: (MANAGER_OR_HR, UNION, ACAS),
}
"""What is shown where the council has set no contact of its own for the need."""

FOR_COUNCILLORS: Mapping[Need, tuple[str, ...]] = {
    Need.DANGER: ("999, now", "Then democratic services"),
    Need.SAFEGUARDING: ("Social services or democratic services, today", NSPCC, EMERGENCY),
    Need.BULLYING: (MONITORING_OFFICER, POLICE, EMERGENCY),
    Need.WRONGDOING: ("The monitoring officer; ask for the whistleblowing policy", PROTECT),
    Need.DATA_BREACH: (f"The {DATA_PROTECTION_OFFICER}",),
    Need.DISTRESS: (SAMARITANS, "Democratic services, or somebody you trust", EMERGENCY),
    Need.PERSONAL_MATTER: (MONITORING_OFFICER,),
}
"""The same for councillors, who have no manager and no HR."""


@dataclass(frozen=True, slots=True)
class Contacts:
    """`by_need` are the council's own for one need, shown before the national ones; `general` are
    shown for every need. Each is one line for people, such as "HR, 01234 567890"."""

    by_need: Mapping[Need, tuple[str, ...]] = field(default_factory=dict)
    general: tuple[str, ...] = ()

    def lines(self, need: Need | None, role: Role = Role.STAFF) -> tuple[str, ...]:
        """Whom to turn to, the most urgent first."""
        is_councillor = role is Role.COUNCILLOR
        if need is None:
            at_work = MONITORING_OFFICER if is_councillor else MANAGER_OR_HR
            return (*self.general, at_work, EMERGENCY)
        national = (FOR_COUNCILLORS if is_councillor else NATIONAL)[need]
        own = (*self.by_need.get(need, ()), *self.general)
        if need is Need.DANGER:
            return (national[0], *own, *national[1:])
        return (*own, *national)
