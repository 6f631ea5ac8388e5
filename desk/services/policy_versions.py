"""Policies that comms upload: drafts, what is in force and from when, who is told of a change."""

from collections.abc import Collection
from datetime import datetime, timedelta
from pathlib import PurePath

from desk.model.audit import Action, Note
from desk.model.errors import NoSuchQuestion, PolicyVersionInUse
from desk.model.people import ActorRole, Person
from desk.model.policy_version import (
    FOLDER_VERSION,
    Activation,
    AnsweredQuestion,
    Period,
    PolicyDetails,
    PolicyInForce,
    PolicyVersion,
    replaced,
)
from desk.model.question import Question
from desk.services.notifications import Notifications, policy_change_key
from desk.storage import (
    answered_queries,
    outbox_table,
    person_table,
    policy_version_table,
    question_table,
)
from desk.storage.database import Storage, Transaction
from knowledge.policy import ClauseRef

LONGEST_NAME = 200
"""Characters, as many as the column holds."""


class PolicyVersions:
    def __init__(self, storage: Storage, notifications: Notifications) -> None:
        self._storage = storage
        self._notifications = notifications

    def listed(self) -> tuple[PolicyVersion, ...]:
        """By policy, the newest version first."""
        with self._storage.read() as tx:
            return policy_version_table.listed(tx)

    def show(self, version_id: int) -> PolicyVersion:
        """Raises NoSuchPolicyVersion."""
        with self._storage.read() as tx:
            return policy_version_table.load(tx, version_id)

    def content(self, version_id: int) -> bytes:
        """The file as it was uploaded. Raises NoSuchPolicyVersion."""
        with self._storage.read() as tx:
            policy_version_table.load(tx, version_id)
            return policy_version_table.content(tx, version_id)

    def history(self, policy: str) -> tuple[Activation, ...]:
        """Which version was put in force from when, the latest first, plans included."""
        with self._storage.read() as tx:
            return policy_version_table.activations(tx, policy)

    def in_force(self) -> tuple[PolicyInForce, ...]:
        """The uploaded versions that are in force now; other policies are the folder's files."""
        with self._storage.read() as tx:
            return policy_version_table.in_force(tx)

    def versions_in_force(self) -> tuple[PolicyVersion, ...]:
        """As `in_force`, without reading the files."""
        with self._storage.read() as tx:
            ids = set(policy_version_table.ids_in_force(tx).values())
            return tuple(each for each in policy_version_table.listed(tx) if each.id in ids)

    def ids_in_force(self) -> dict[str, int]:
        """By policy, the id of the version in force now; FOLDER_VERSION for the folder's file."""
        with self._storage.read() as tx:
            return policy_version_table.ids_in_force(tx)

    def upload(self, policy: str, file_name: str, content: bytes, by: Person) -> PolicyVersion:
        """Keep a file as a draft: nothing answers from it yet. The caller has read it before."""
        name = PurePath(file_name).name[-LONGEST_NAME:]
        with self._storage.begin() as tx:
            who = person_table.known(tx, by, ActorRole.COMMS)
            number = policy_version_table.add(tx, policy[:LONGEST_NAME], name, content, who)
            return self._noted(tx, policy_version_table.load(tx, number), by, Action.UPLOADED)

    def describe(self, version_id: int, details: PolicyDetails, by: Person) -> PolicyVersion:
        """Raises NoSuchPolicyVersion."""
        with self._storage.begin() as tx:
            policy_version_table.load(tx, version_id)
            policy_version_table.describe(tx, version_id, details)
            found = policy_version_table.load(tx, version_id)
            return self._noted(tx, found, by, Action.DESCRIBED)

    def put_in_force(
        self, version_id: int, by: Person, since: datetime | None = None
    ) -> PolicyVersion:
        """Now, or from a later time on. Also how an older version comes back.

        Raises NoSuchPolicyVersion.
        """
        with self._storage.begin() as tx:
            found = policy_version_table.load(tx, version_id)
            who = person_table.known(tx, by, ActorRole.COMMS)
            moment = max(since or tx.now, tx.now)
            policy_version_table.activate(tx, found.policy, version_id, moment, who)
            found = policy_version_table.load(tx, version_id)
            return self._noted(tx, found, by, Action.PUT_IN_FORCE)

    def return_to_folder(self, policy: str, by: Person) -> None:
        """Let the file in the folder of policies answer again; plans are cancelled."""
        with self._storage.begin() as tx:
            who = person_table.known(tx, by, ActorRole.COMMS)
            policy_version_table.activate(tx, policy, FOLDER_VERSION, tx.now, who)
            tx.note(Note(who.id, ActorRole.COMMS, Action.PUT_IN_FORCE, policy))

    def cancel_plan(self, policy: str, by: Person) -> None:
        """What was to come into force later does not."""
        with self._storage.begin() as tx:
            who = person_table.known(tx, by, ActorRole.COMMS)
            policy_version_table.cancel_plans(tx, policy)
            tx.note(Note(who.id, ActorRole.COMMS, Action.PLAN_CANCELLED, policy))

    def delete_draft(self, version_id: int, by: Person) -> None:
        """Raises NoSuchPolicyVersion, and PolicyVersionInUse for one that was ever in force."""
        with self._storage.begin() as tx:
            found = policy_version_table.load(tx, version_id)
            if found.in_force_from is not None:
                raise PolicyVersionInUse(
                    f"Version {found.number} of {found.policy} is or was in force, so it is kept."
                )
            policy_version_table.remove(tx, version_id)
            self._noted(tx, found, by, Action.DELETED)

    def replaced(self, version: PolicyVersion) -> tuple[Period, ...]:
        """Every time in which the version before this one was in force. Empty where this one is
        not in force."""
        with self._storage.read() as tx:
            history = policy_version_table.activations(tx, version.policy)
            return replaced(history, version.id, tx.now)

    def to_be_told(
        self,
        version_id: int,
        clauses: Collection[ClauseRef],
        during: Collection[Period],
        within: timedelta,
    ) -> tuple[AnsweredQuestion, ...]:
        """Questions that were answered from one of these clauses during these times and within
        that time, oldest first, without those whose askers were told of this version before."""
        with self._storage.read() as tx:
            found = tuple(
                each
                for each in answered_queries.answered_from(tx, clauses, tx.now - within)
                if any(period.contains(each.answered_at) for period in during)
            )
            keys = {each.id: policy_change_key(version_id, each.id) for each in found}
            told = outbox_table.keys_among(tx, keys.values())
            return tuple(each for each in found if keys[each.id] not in told)

    def recent_questions(self, within: timedelta, at_most: int) -> tuple[Question, ...]:
        """The latest questions of that time that still have their words, newest first."""
        with self._storage.read() as tx:
            return question_table.recent(tx, tx.now - within, at_most)

    def tell_askers(self, version_id: int, bodies: dict[int, str], by: Person) -> int:
        """Send each asker, by the id of their question, what the conversation worded for them;
        how many were told. Nobody is told of one version twice, and nobody whose question was
        deleted meanwhile. Raises NoSuchPolicyVersion."""
        with self._storage.begin() as tx:
            found = policy_version_table.load(tx, version_id)
            told = sum(
                self._tell(tx, question_id, version_id, body)
                for question_id, body in bodies.items()
            )
            self._noted(tx, found, by, Action.ASKERS_TOLD)
            return told

    def _tell(self, tx: Transaction, question_id: int, version_id: int, body: str) -> bool:
        try:
            return self._notifications.policy_change(tx, question_id, version_id, body)
        except NoSuchQuestion:
            return False

    def _noted(
        self, tx: Transaction, found: PolicyVersion, by: Person, action: Action
    ) -> PolicyVersion:
        who = person_table.known(tx, by, ActorRole.COMMS)
        subject = f"{found.policy} v{found.number}"[-LONGEST_NAME:]
        tx.note(Note(who.id, ActorRole.COMMS, action, subject))
        return found
