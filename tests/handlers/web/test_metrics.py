import asyncio
from pathlib import Path

from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from prometheus_client.parser import text_string_to_metric_families

from handlers.conversation.services import Services
from handlers.web.metrics import Metrics
from tests.desk.council import ANN, JANE, incoming
from tests.toy_service import Toy, in_folder

Samples = dict[tuple[str, str], float]


def measured(service: Services) -> tuple[str, Samples]:
    async def scrape() -> str:
        app = web.Application()
        Metrics(service, "1.2").register(app)
        async with TestClient(TestServer(app)) as client:
            return await (await client.get("/metrics")).text()

    page = asyncio.run(scrape())
    samples = {
        (sample.name, " ".join(sample.labels.values())): sample.value
        for family in text_string_to_metric_families(page)
        for sample in family.samples
    }
    return page, samples


def test_the_numbers_of_the_desk_are_told_and_nobodys_words(tmp_path: Path) -> None:
    toy = Toy(in_folder(tmp_path))
    service = toy.service()
    service.conversation.ask(incoming(ANN, "logo on my blog"))
    service.conversation.ask(incoming(ANN, "who runs the training and the meeting?"))
    service.desk.casework.claim("C-1", JANE)
    toy.clock.advance(minutes=2)
    page, samples = measured(service)
    assert samples["policy_questions_total", "answered"] == 1
    assert samples["policy_questions_total", "escalated"] == 1
    assert samples["policy_questions_total", "help"] == 0
    assert samples["policy_cases", "claimed"] == 1
    assert samples["policy_outbox_waiting", ""] == 2
    assert samples["policy_outbox_oldest_seconds", ""] == 120
    assert samples["policy_reply_seconds_count", ""] == 2
    assert samples["policy_reply_seconds_bucket", "0.1"] == 2
    assert 'version="1.2"' in page
    for word in ("Ann", "Jane", "logo", "training"):
        assert word not in page
    service.desk.close()


def test_questions_that_wait_for_an_answer_are_counted(tmp_path: Path) -> None:
    toy = Toy(in_folder(tmp_path))
    service = toy.service()
    for number in range(3):
        service.desk.intake.accept(incoming(ANN, f"logo on blog {number}"))
        toy.clock.advance(seconds=5)
    _, samples = measured(service)
    assert samples["policy_questions_waiting", ""] == 3
    assert samples["policy_questions_oldest_seconds", ""] == 15
    service.desk.close()


def test_an_empty_desk_has_numbers_too(tmp_path: Path) -> None:
    service = Toy(in_folder(tmp_path)).service()
    _, samples = measured(service)
    assert samples["policy_reply_seconds_count", ""] == 0
    assert samples["policy_outbox_oldest_seconds", ""] == 0
    assert samples["policy_questions_waiting", ""] == 0
    assert samples["policy_questions_oldest_seconds", ""] == 0
    service.desk.close()
