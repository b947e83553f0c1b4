"""A request to a partner over the public door: drafted, sent with consent only, asked after, answered and erased."""

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from tests.conftest import System
from tests.web.behind import Behind
from tests.web.caller import Caller, Message
from tests.web.conftest import Call
from wegwijzer.handover.answers import AnswerLinks, Reply
from wegwijzer.handover.keys import answer_keys

CONTACT = {"name": "Voorbeeld Naam", "email": "voorbeeld@bakkerij.example", "phone": "06 12345678"}
QUESTION = "Waar vind ik personeel voor mijn bakkerij in Landgraaf?"


def drafted(caller: Caller) -> tuple[int, dict[str, Any]]:
    """Ask something and then for a person; the number of the message with the draft, and the draft."""
    caller.ask(QUESTION)
    message = with_block(caller.ask("ik wil iemand spreken"), "handover")
    answer = caller.client.get("/v1/handovers/draft", params={"message": message["id"]})
    assert answer.status_code == 200, answer.text
    return message["id"], answer.json()


def with_block(messages: list[Message], kind: str) -> Message:
    """The message that has a block of this kind."""
    return next(message for message in messages if any(block["type"] == kind for block in message.get("blocks", ())))


def send(caller: Caller, number: int, proposed: dict[str, Any], **changes: object) -> httpx.Response:
    """Send a draft as it is, to the first partner, with consent; `changes` replace parts of the request."""
    partner = proposed["partners"][0]
    body = {"message": number, "partner": partner["id"], "draft": proposed["draft"], "contact": CONTACT}
    return caller.client.post("/v1/handovers", json={**body, "consent": partner["consent"]["version"], **changes})


@pytest.fixture
def sent(caller: Caller) -> dict[str, Any]:
    """A request that was just sent, as the gateway confirmed it."""
    answer = send(caller, *drafted(caller))
    assert answer.status_code == 201, answer.text
    confirmed: dict[str, Any] = answer.json()
    return confirmed


def answer_link(system: System, behind: Behind, reference: str, reply: Reply) -> str:
    """The path of the link with which a partner answers."""
    links = AnswerLinks(answer_keys(system.settings), "", system.settings.answer_days)
    return links.of(behind.handover(reference), datetime.now(UTC).replace(tzinfo=None))[reply]


def test_a_draft_holds_the_question_what_is_known_and_the_words_to_agree_to(caller: Caller) -> None:
    _, draft = drafted(caller)

    assert draft["draft"]["question"] == QUESTION
    assert {"label": "Gemeente", "value": "Landgraaf"} in draft["draft"]["facts"]
    assert draft["draft"]["offers"]
    partner = draft["partners"][0]
    assert partner["reply_days"] >= 1
    assert "het proefloket" in partner["consent"]["text"]
    assert len({one["name"] for one in draft["partners"]}) == len(draft["partners"])


def test_what_is_sent_is_confirmed_with_a_number_in_the_conversation(caller: Caller, sent: dict[str, Any]) -> None:
    last = caller.history()[-1]

    assert last == sent["message"]
    assert sent["reference"] in last["text"]
    receipt = last["blocks"][0]
    assert receipt["type"] == "receipt"
    assert {"label": "Je vraag", "value": QUESTION} in receipt["sent"]


def test_the_state_can_be_asked_in_words_and_over_the_api(caller: Caller, sent: dict[str, Any]) -> None:
    said = " ".join(message.get("text", "") for message in caller.ask("hoe staat het met mijn aanvraag?"))

    assert sent["reference"] in said
    state = caller.client.get(f"/v1/handovers/{sent['reference']}").json()
    assert state["state"] in {"queued", "delivered"}


def test_without_consent_nothing_is_stored(caller: Caller, behind: Behind) -> None:
    number, draft = drafted(caller)
    before = behind.handovers()

    refused = send(caller, number, draft, consent="0" * 16)

    assert (refused.status_code, refused.json()["error"]["code"]) == (409, "consent_changed")
    assert behind.handovers() == before
    assert b"voorbeeld@bakkerij" not in behind.bytes()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"contact": {"name": "Ans", "email": "", "phone": ""}}, "contact.email"),
        ({"contact": {**CONTACT, "email": "geen adres"}}, "contact.email"),
        ({"contact": {**CONTACT, "name": "A"}}, "contact.name"),
        ({"draft": {"question": "", "facts": [], "assessment": [], "offers": [], "remarks": ""}}, "draft.question"),
        ({"draft": {"question": "x" * 700, "facts": [], "assessment": [], "offers": []}}, "draft.question"),
    ],
)
def test_what_is_filled_in_wrongly_is_told_by_field(caller: Caller, changes: dict[str, Any], field: str) -> None:
    refused = send(caller, *drafted(caller), **changes)

    assert refused.status_code == 422
    error = refused.json()["error"]
    assert (error["code"], error["field"]) == ("invalid_field", field)
    assert error["message"].endswith(".")


@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        ({"partner": "nobody"}, 422, "unknown_partner"),
        ({"partner": "belastingdienst"}, 422, "unknown_partner"),
        ({"message": 1}, 404, "unknown_message"),
        ({"message": 999}, 404, "unknown_message"),
        ({"message": 0}, 422, "unreadable"),
        ({"draft": []}, 422, "unreadable"),
    ],
)
def test_what_was_not_proposed_cannot_be_sent(caller: Caller, changes: dict[str, Any], status: int, code: str) -> None:
    refused = send(caller, *drafted(caller), **changes)

    assert (refused.status_code, refused.json()["error"]["code"]) == (status, code)


def test_the_same_request_again_is_sent_once(caller: Caller, behind: Behind) -> None:
    number, draft = drafted(caller)

    first, second = send(caller, number, draft), send(caller, number, draft)

    assert first.json() == second.json()
    assert behind.handovers_of(behind.conversation(caller.token)) == 1


def test_what_was_sent_in_another_conversation_cannot_be_read(
    caller: Caller, call: Call, system: System, sent: dict[str, Any]
) -> None:
    other = call(system)

    assert other.client.get(f"/v1/handovers/{sent['reference']}").status_code == 404
    assert sent["reference"] not in str(other.ask("hoe staat het met mijn aanvraag?"))


def test_contact_details_are_in_no_message_no_log_and_no_file(
    caller: Caller, system: System, behind: Behind, sent: dict[str, Any]
) -> None:
    caller.ask("hoe staat het met mijn aanvraag?")

    everything = behind.bytes() + system.logs().encode() + str(caller.history()).encode()
    for secret in (b"voorbeeld@bakkerij", b"Voorbeeld Naam", b"12345678"):
        assert secret not in everything


def test_a_partner_that_takes_it_on_is_told_of_in_the_conversation(
    caller: Caller, system: System, behind: Behind, sent: dict[str, Any]
) -> None:
    link = answer_link(system, behind, sent["reference"], "accepted")
    assert "Ja, ik pak dit op" in caller.client.get(link).text
    assert caller.client.get(f"/v1/handovers/{sent['reference']}").json()["state"] != "accepted"

    assert caller.client.post(link).status_code == 200

    assert "opgepakt" in caller.history()[-1]["text"]
    assert "opgepakt" in str(caller.ask("hoe staat het met mijn aanvraag?"))


def test_whoever_asks_for_a_person_again_hears_that_one_is_at_it(
    caller: Caller, system: System, behind: Behind, sent: dict[str, Any]
) -> None:
    caller.client.post(answer_link(system, behind, sent["reference"], "accepted"))

    messages = caller.ask("ik wil iemand spreken")

    assert sent["reference"] in messages[0]["text"]
    assert "opgepakt" in messages[0]["text"]
    assert with_block(messages, "contacts")


def test_a_partner_that_declines_names_a_better_one(
    caller: Caller, system: System, behind: Behind, sent: dict[str, Any]
) -> None:
    link = answer_link(system, behind, sent["reference"], "declined")

    caller.client.post(
        link, data={"reason": "Wij helpen alleen werkzoekenden.", "next_partner": "werkcentrum-zuid-limburg"}
    )

    last = caller.history()[-1]
    assert "Wij helpen alleen werkzoekenden." in last["text"]
    assert [card["id"] for card in last["blocks"][0]["contacts"]] == ["werkcentrum-zuid-limburg"]
    assert caller.client.post(answer_link(system, behind, sent["reference"], "accepted")).status_code == 409


def test_a_link_that_was_changed_or_is_old_opens_nothing(
    caller: Caller, system: System, behind: Behind, sent: dict[str, Any]
) -> None:
    link = answer_link(system, behind, sent["reference"], "done")
    links = AnswerLinks(answer_keys(system.settings), "", system.settings.answer_days)
    old = links.of(behind.handover(sent["reference"]), datetime.now(UTC).replace(tzinfo=None) - timedelta(days=100))

    assert caller.client.get(link[:-3] + "abc").status_code == 404
    assert caller.client.get("/antwoord/x").status_code == 404
    assert caller.client.get(old["done"]).status_code == 410


def test_erasing_the_conversation_erases_its_requests_and_counts_them(
    caller: Caller, system: System, behind: Behind, sent: dict[str, Any]
) -> None:
    link = answer_link(system, behind, sent["reference"], "accepted")

    receipt = caller.erase()

    assert receipt["handovers"] == 1
    assert sent["reference"].encode() not in behind.bytes()
    assert caller.client.get(link).status_code == 404


def test_wis_mijn_gegevens_offers_to_erase_everything(caller: Caller) -> None:
    assert with_block(caller.ask("wis mijn gegevens"), "erase")
