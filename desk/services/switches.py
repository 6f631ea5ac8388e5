"""What comms turn on for everybody. It is kept in the database, so that every replica follows it
from its next question on."""

from enum import StrEnum

from desk.model.audit import Action, Note
from desk.model.people import ActorRole, Person
from desk.storage import person_table, switch_table
from desk.storage.database import Storage


class Switch(StrEnum):
    HAND_EVERYTHING_OVER = "hand everything over"
    OFF = "off"


class Switches:
    def __init__(self, storage: Storage) -> None:
        self._storage = storage

    def on(self) -> frozenset[Switch]:
        with self._storage.read() as tx:
            return frozenset(Switch(name) for name in switch_table.switches_on(tx))

    def turn_on(self, switch: Switch, by: Person) -> None:
        with self._storage.begin() as tx:
            who = person_table.known(tx, by, ActorRole.COMMS)
            if switch_table.turn_on(tx, switch, who):
                tx.note(Note(who.id, ActorRole.COMMS, Action.SWITCHED_ON, switch))

    def turn_off(self, switch: Switch, by: Person) -> None:
        with self._storage.begin() as tx:
            who = person_table.known(tx, by, ActorRole.COMMS)
            if switch_table.turn_off(tx, switch):
                tx.note(Note(who.id, ActorRole.COMMS, Action.SWITCHED_OFF, switch))
