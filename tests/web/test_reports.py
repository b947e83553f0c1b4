"""The report of an assessment has a page of its own, which its link opens and erases, and nothing else does."""

import re

import httpx
import pytest

from tests.web.caller import Caller, buttons_of, error_of

QUESTIONS = 8


def assess(caller: Caller) -> list[dict[str, object]]:
    """Go through the assessment with the first answer to every question; the messages with the result."""
    messages = caller.ask("doe de bedrijfscheck")
    for _ in range(QUESTIONS):
        messages = caller.press(next(iter(buttons_of(messages).values())))
    return messages


def keep(caller: Caller, number: object) -> httpx.Response:
    """Ask to keep the result in a message."""
    return caller.client.post("/v1/reports", json={"message": number})


@pytest.fixture
def address(caller: Caller) -> str:
    """The address of a report that was just kept."""
    answer = keep(caller, assess(caller)[0]["id"])
    assert answer.status_code == 201
    return str(answer.json()["address"])


def test_the_page_shows_the_result_with_a_chart_and_a_table(caller: Caller, address: str) -> None:
    page = caller.client.get(address)

    assert page.status_code == 200
    assert page.text.count('<rect class="part"') == 4
    assert "Digitalisering</th>" in page.text
    assert "Je administratie en planning gaan vooral op papier." in page.text
    assert page.text.count("<li>") >= 7


def test_the_page_is_kept_from_search_engines_caches_and_other_sites(caller: Caller, address: str) -> None:
    headers = caller.client.get(address).headers

    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cache-Control"] == "no-store"
    assert "noindex" in headers["X-Robots-Tag"]
    assert "default-src 'none'" in headers["Content-Security-Policy"]


def test_its_link_erases_it(caller: Caller, address: str) -> None:
    erased = caller.client.post(f"{address}/wis")

    assert "Je rapport is gewist" in erased.text
    assert caller.client.get(address).status_code == 404
    assert caller.client.post(f"{address}/wis").status_code == 404


def test_erasing_the_conversation_erases_it(caller: Caller, address: str) -> None:
    assert caller.erase()["reports"] == 1
    assert caller.client.get(address).status_code == 404


@pytest.mark.parametrize("token", ["x", "a" * 43, "%00", "..%2f..", "a" * 64])
def test_a_guessed_link_opens_nothing(caller: Caller, token: str) -> None:
    page = caller.client.get(f"/rapport/{token}")

    assert page.status_code in {404, 422}
    assert not re.search("Digitalisering", page.text)


def test_only_a_message_with_a_result_can_be_kept(caller: Caller) -> None:
    refused = keep(caller, 1)

    assert refused.status_code == 404
    assert error_of(refused) == "unknown_message"


@pytest.mark.parametrize("number", [0, -1, "een", None, 2**40])
def test_a_request_of_another_form_is_refused(caller: Caller, number: object) -> None:
    assert keep(caller, number).status_code == 422
