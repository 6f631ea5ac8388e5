"""Publishing answers for the next asker, and taking them back."""

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from desk.model import transitions
from desk.model.audit import Action, Note
from desk.model.errors import AlreadyPublished, NoSuchPrecedent, NotPublishable, Overtaken
from desk.model.people import ActorRole, Person
from desk.model.precedent import (
    KEPT,
    Precedent,
    PrecedentState,
    PublicationKey,
    Reviewed,
    ReviewStatus,
    cited_clauses,
    publication_key,
    review_status,
    stale_reasons,
)
from desk.model.text import required
from desk.storage import case_reader, person_table, precedent_table
from desk.storage.database import Storage, Transaction
from knowledge.policy import Policy

LONGEST_OWNER = 200  # characters
ALREADY = "{ref} answers the same question from the same clauses. Edit that answer instead."


class Publishing:
    def __init__(self, storage: Storage) -> None:
        self._storage = storage

    def version(self) -> int:
        """A counter that every publication, edit and retirement increments."""
        with self._storage.read() as tx:
            return precedent_table.version(tx)

    def show(self, ref: str) -> Precedent:
        """Raises NoSuchPrecedent, also for a retired one."""
        with self._storage.read() as tx:
            return _published(tx, ref)

    def published(self) -> tuple[Precedent, ...]:
        """All but the retired ones; some may be out of use."""
        with self._storage.read() as tx:
            return precedent_table.listed(tx, KEPT)

    def of_case(self, case_ref: str) -> tuple[Precedent, ...]:
        """The published answers that came from this case, without the retired ones."""
        with self._storage.read() as tx:
            return precedent_table.of_case(tx, transitions.case_id(case_ref))

    def checked(
        self, states: Iterable[PrecedentState], policies: Iterable[Policy], today: date
    ) -> tuple[ReviewStatus, ...]:
        """Published answers in these states, with the reasons against their use on that day."""
        clauses = cited_clauses(policies)
        with self._storage.read() as tx:
            found = precedent_table.listed(tx, states)
        return tuple(review_status(each, clauses, today) for each in found)

    def in_force(self, policies: Iterable[Policy], today: date) -> tuple[Precedent, ...]:
        """Those that may be shown on that day under these policies."""
        clauses = cited_clauses(policies)
        return tuple(
            precedent
            for precedent in self.published()
            if not stale_reasons(precedent, clauses, today)
        )

    def to_recheck(self, policies: Iterable[Policy], today: date) -> tuple[ReviewStatus, ...]:
        """The published answers that are out of use until they are checked."""
        found = self.checked(KEPT, policies, today)
        return tuple(recheck for recheck in found if recheck.stale_reasons)

    def publish(
        self, case_ref: str, by: Person, reviewed: Reviewed, *, expected_version: int | None = None
    ) -> Precedent:
        """Publish the answer of a case. `expected_version`: of the case as `by` saw it.

        What this case has published already, word for word, is not published again. Raises
        NotPublishable, WrongStep for a case without an answer, and Overtaken.
        """
        with self._storage.begin() as tx:
            _check(reviewed, tx.now.date())
            case = case_reader.locked(tx, transitions.case_id(case_ref))
            transitions.is_unchanged(case, expected_version)
            transitions.may_publish(case)
            for each in precedent_table.of_case(tx, case.id):
                if each.is_published_as(reviewed):
                    return each
            number = precedent_table.add(tx, case.id, reviewed)
            return self._noted(tx, number, by, Action.PUBLISHED)

    def add(self, reviewed: Sequence[Reviewed], by: Person) -> tuple[Precedent, ...]:
        """Publish answers that come from no case, all of them or none.

        One that is published already, word for word, is not published again. Raises NothingSaid,
        TooLong, NotPublishable, and AlreadyPublished where another answer, also one of these, is
        for the same question and from the same clauses.
        """
        with self._storage.begin() as tx:
            for each in reviewed:
                _check(each, tx.now.date())
            precedent_table.lock(tx)
            known = {publication_key(each): each for each in precedent_table.listed(tx, KEPT)}
            added: dict[PublicationKey, Precedent] = {}
            for each in reviewed:
                key = publication_key(each)
                old = added.get(key) or known.get(key)
                if old and (key in added or not old.is_published_as(each)):
                    raise AlreadyPublished(ALREADY.format(ref=old.ref))
                added[key] = old or self._added(tx, each, by)
            return tuple(added.values())

    def edit(
        self, ref: str, by: Person, reviewed: Reviewed, *, expected_edit: datetime | None = None
    ) -> Precedent:
        """Also how a precedent that was marked for re-check comes back into use.

        `expected_edit`: its `edited_at` as `by` saw it. Raises NotPublishable, NoSuchPrecedent,
        and Overtaken.
        """
        with self._storage.begin() as tx:
            _check(reviewed, tx.now.date())
            number = _unchanged(tx, ref, expected_edit).id
            precedent_table.change(tx, number, reviewed)
            return self._noted(tx, number, by, Action.EDITED)

    def confirm(self, ref: str, by: Person, *, expected_edit: datetime | None = None) -> Precedent:
        """Bring a withheld answer back into use as it is: the correction did not concern it.

        Raises NoSuchPrecedent, Overtaken, and NotPublishable where its review date has passed.
        """
        with self._storage.begin() as tx:
            found = _unchanged(tx, ref, expected_edit)
            _check(found.reviewed, tx.now.date())
            precedent_table.change(tx, found.id, found.reviewed)
            return self._noted(tx, found.id, by, Action.EDITED)

    def retire(self, ref: str, by: Person, *, expected_edit: datetime | None = None) -> Precedent:
        """Take it back for good. Raises NoSuchPrecedent and Overtaken."""
        with self._storage.begin() as tx:
            number = _unchanged(tx, ref, expected_edit).id
            precedent_table.retire(tx, number)
            return self._noted(tx, number, by, Action.RETIRED)

    def _added(self, tx: Transaction, reviewed: Reviewed, by: Person) -> Precedent:
        number = precedent_table.add(tx, None, reviewed)
        return self._noted(tx, number, by, Action.PUBLISHED)

    def _noted(self, tx: Transaction, number: int, by: Person, action: Action) -> Precedent:
        who = person_table.known(tx, by, ActorRole.COMMS)
        tx.note(Note(who.id, ActorRole.COMMS, action, f"P-{number}"))
        precedent_table.count_change(tx)
        return precedent_table.load(tx, number)


def _published(tx: Transaction, ref: str) -> Precedent:
    match = re.fullmatch(r"(?:P-)?([0-9]{1,18})", ref.strip(), re.IGNORECASE)
    if match is None:
        raise NoSuchPrecedent(f"{ref[:40]!r} is no published answer: a reference looks like P-3.")
    found = precedent_table.load(tx, int(match[1]))
    if found.state is PrecedentState.RETIRED:
        raise NoSuchPrecedent(f"{found.ref} was retired. Publish a new answer instead.")
    return found


def _unchanged(tx: Transaction, ref: str, expected_edit: datetime | None) -> Precedent:
    found = _published(tx, ref)
    if expected_edit not in (None, found.edited_at):
        raise Overtaken(f"{found.ref} was edited since you opened it. Nothing was saved.")
    return found


def _check(reviewed: Reviewed, today: date) -> None:
    required(reviewed.question, "A published answer's question")
    required(reviewed.text, "A published answer")
    required(reviewed.owner, "A published answer's owner", LONGEST_OWNER)
    if not reviewed.cited:
        raise NotPublishable("A published answer cites at least one clause that it interprets.")
    if reviewed.review_by <= today:
        raise NotPublishable(
            f"The review date {reviewed.review_by:%d %B %Y} is not in the future: give a later one."
        )
