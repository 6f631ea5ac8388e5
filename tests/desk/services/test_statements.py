"""How many SQL statements one question takes, from its arrival until its asker has the reply."""

from pathlib import Path

import pytest

from tests.desk.council import ANN, COMMS, incoming
from tests.desk.fakes import RecordingMessenger
from tests.desk.statements import statements
from tests.toy_service import Toy, in_folder


@pytest.mark.parametrize(
    ("question", "most"),
    [("may I have the logo on my blog", 12), ("training meeting", 43)],
    ids=["answered", "handed over"],
)
def test_a_question_takes_few_statements(tmp_path: Path, question: str, most: int) -> None:
    service, messenger = Toy(in_folder(tmp_path), comms=(COMMS,)).service(), RecordingMessenger()
    service.conversation.ask(incoming(ANN, "hello"))
    service.desk.delivery.deliver_due(messenger)
    with statements() as sent:
        service.conversation.ask(incoming(ANN, question))
        service.desk.delivery.deliver_due(messenger)
    service.desk.close()
    assert len(sent.sent) <= most
