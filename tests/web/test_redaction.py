"""Personal data in a question reaches neither a database file nor a log; what is no personal data stays."""

import pytest

from tests.conftest import System
from tests.web.behind import Behind
from tests.web.caller import Caller, new_cid

PERSONAL = {
    "an e-mail address": "annemiek.vd.berg+zaak@bakkerij-de-oven.nl",
    "a mobile number": "06-39284751",
    "a mobile number with its country": "+31 6 39 28 47 52",
    "a number in Maastricht": "043-3507164",
    "a Belgian mobile number": "+32 470 63 82 15",
    "a Belgian number typed there": "0470 63 82 16",
    "a German number": "+49 241 8493027",
    "a German number typed there": "0241 8493028",
    "an IBAN": "NL91 ABNA 0417 1643 00",
    "a Belgian IBAN": "BE71 0961 2345 6769",
    "a BSN": "176845203",
    "a grouped BSN": "1768.45.203",
    "a btw number": "NL176845215B03",
}


@pytest.mark.parametrize("personal", PERSONAL.values(), ids=PERSONAL)
def test_personal_data_is_kept_nowhere(caller: Caller, system: System, behind: Behind, personal: str) -> None:
    caller.ask(f"Ik wil geld lenen, mijn gegevens: {personal}, wie helpt?")

    assert personal not in str(caller.history())
    assert personal.encode() not in behind.bytes()
    assert personal not in system.logs()


def test_a_kvk_number_is_kept_nowhere(caller: Caller, system: System, behind: Behind) -> None:
    caller.ask("Mijn KvK-nummer is 83920174, welke subsidie past?")

    assert "83920174" not in str(caller.history())
    assert b"83920174" not in behind.bytes()
    assert "83920174" not in system.logs()


def test_personal_data_in_a_refused_request_is_kept_nowhere(caller: Caller, system: System, behind: Behind) -> None:
    personal = "piet.puk@kapsalon-knip.nl"
    caller.send(text=f"{personal} " * 100)
    caller.send(button=personal)
    caller.client.post("/v1/messages", json={"cid": personal, "text": personal})
    caller.client.get(f"/v1/{personal}", params={"mail": personal})

    assert personal.encode() not in behind.bytes()
    assert personal not in system.logs()


def test_personal_data_is_not_in_the_answer_when_it_is_replayed(caller: Caller) -> None:
    cid, personal = new_cid(), "06-39284753"
    caller.ask(f"bel mij op {personal}", cid=cid)

    assert personal not in caller.send(cid).text


@pytest.mark.parametrize(
    "question",
    [
        "Ik zoek € 25.000 tot 1.000.000 euro voor 2026 in Heerlen",
        "Omzet 2024: 1250000, in 2025 2.500.000,50 euro, met 12 mensen sinds 2019-2026",
    ],
)
def test_amounts_and_years_stay(caller: Caller, question: str) -> None:
    caller.ask(question)

    assert caller.said() == [question]
