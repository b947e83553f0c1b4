"""Personal data goes, in every form in which people type it; amounts, years, dates and places stay."""

from datetime import date

import phonenumbers
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stdnum.nl import bsn

from wegwijzer.conversations.redaction import redact

EMAIL, PHONE, ACCOUNT, BSN, KVK, BTW = (
    "[e-mailadres]", "[telefoonnummer]", "[rekeningnummer]", "[bsn]", "[kvk-nummer]", "[btw-nummer]"
)  # fmt: skip
# The first look at a country's numbers reads them from a file.
unhurried = settings(deadline=None)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("jan@bakkerij.nl", EMAIL),
        ("mail JAN.de-Vries+zaak@post.bakkerij.co.uk!", f"mail {EMAIL}!"),
        ("(o'brien@pub.ie)", f"({EMAIL})"),
        ("a@b.nl,c@d.nl", f"{EMAIL},{EMAIL}"),
        ("jos@café-zuid.nl", EMAIL),
    ],
)
def test_an_email_address_goes(typed: str, kept: str) -> None:
    assert redact(typed) == kept


@pytest.mark.parametrize(
    "number",
    [
        "0612345678", "06-12345678", "06 12 34 56 78", "06.12.34.56.78", "06/12345678", "(06)12345678", "06–12345678",
        "+31 6 12345678", "+31612345678", "(+31)612345678", "+31(0)6 1234 5678", "0031 6 12345678", "00 31 6 12345678",
        "043-3212345", "(043) 321 23 45", "045 - 571 12 34", "0031 (0)43 321 23 45",
        "+32 470 12 34 56", "0032 470 12 34 56", "0470 12 34 56", "0470/12.34.56", "011 22 33 44", "+32 2 512 12 34",
        "012 34 56 78",
        "+49 241 123456", "0049 241 123456", "0241 123456", "0241/123456", "+49 (0)241 123456", "0151 23456789",
    ],
)  # fmt: skip
def test_a_phone_number_goes(number: str) -> None:
    assert redact(f"bel {number}, graag") == f"bel {PHONE}, graag"


@unhurried
@given(st.sampled_from(["NL", "BE", "DE"]), st.sampled_from(["mobile", "fixed"]))
def test_the_example_numbers_of_each_country_go_in_each_form(region: str, kind: str) -> None:
    types = {"mobile": phonenumbers.PhoneNumberType.MOBILE, "fixed": phonenumbers.PhoneNumberType.FIXED_LINE}
    number = phonenumbers.example_number_for_type(region, types[kind])
    assert number
    for form in (phonenumbers.PhoneNumberFormat.INTERNATIONAL, phonenumbers.PhoneNumberFormat.NATIONAL):
        typed = phonenumbers.format_number(number, form)

        assert not any(sign.isdigit() for sign in redact(typed)), typed


def test_two_numbers_beside_each_other_both_go() -> None:
    assert not any(sign.isdigit() for sign in redact("bel 06-12345678 of 06-87654321"))
    assert not any(sign.isdigit() for sign in redact("bel 06 12345678 06 87654321"))


@pytest.mark.parametrize(
    "number",
    [
        "NL91 ABNA 0417 1643 00",
        "NL91ABNA0417164300",
        "nl91abna0417164300",
        "NL91.ABNA.0417.1643.00",
        "DE89 3704 0044 0532 0130 00",
        "BE71 0961 2345 6769",
    ],
)
def test_an_iban_goes_and_the_words_around_it_stay(number: str) -> None:
    assert redact(f"IBAN: {number}.") == f"IBAN: {ACCOUNT}."
    assert redact(f"op {number} van ons") == f"op {ACCOUNT} van ons"


@pytest.mark.parametrize("number", ["111222333", "111 222 333", "1112.22.333", "111-222-333", "123456782"])
def test_a_bsn_goes(number: str) -> None:
    assert redact(f"mijn bsn is {number}.") == f"mijn bsn is {BSN}."


@unhurried
@given(st.integers(10_000_000, 99_999_999).map(lambda start: f"{start}"))
def test_every_bsn_goes(start: str) -> None:
    for number in (f"{start}{check}" for check in range(10)):
        if bsn.is_valid(number):
            assert number not in redact(f"bsn {number}")


@pytest.mark.parametrize(
    "typed",
    [
        "KvK 83920174",
        "kvk-nummer is 83920174",
        "KvK-nr.: 83 92 01 74",
        "KvK-nr.: 12 34 56 78",
        "KvK 8392-0174",
        "k.v.k. 83920174",
        "Kamer van Koophandel, nummer 83920174",
        "handelsregisternummer 83920174",
        "83920174 is mijn kvk-nummer",
        "83920174 (KvK)",
    ],
)
def test_a_kvk_number_goes(typed: str) -> None:
    kept = redact(typed)

    assert not any(sign.isdigit() for sign in kept), kept
    assert KVK in kept


@pytest.mark.parametrize(
    "number",
    [
        "NL176845215B03",
        "nl176845215b03",
        "NL 176845215 B03",
        "NL176.845.215.B03",
        "NL1768.45.215.B03",
        "NL0012.34.567.B12",
        "NL-176845215-B03",
        "176845215B03",
        "1768.45.215.B.03",
    ],
)
def test_a_btw_number_goes(number: str) -> None:
    assert redact(f"btw-nummer {number}.") == f"btw-nummer {BTW}."


@pytest.mark.parametrize(
    "text",
    [
        "€ 25.000 tot € 1.000.000",
        "1500-2500 euro",
        "tussen 5000-10000 euro",
        "€ 12.000.000,-",
        "een fonds van 25 000 000 euro",
        "omzet 123.456.789 euro",
        "2024-2026",
        "in 2024 2025 en 2026",
        "van 01-01-2026 tot 31-12-2026",
        "2026-03-12",
        "ma-vr 09.00-17.30",
        "sbi 56101 en 47.91",
        "artikel 7:658 BW",
        "90 % van 2.500.000,50",
        "bel 112 of 14 043",
        "1.225 uren per jaar",
        "@bakkerij op insta",
    ],
)
def test_what_is_no_personal_data_stays(text: str) -> None:
    assert redact(text) == text


@unhurried
@given(st.dates(date(2015, 1, 1), date(2035, 12, 31)))
def test_every_date_stays(day: date) -> None:
    typed = f"{day:%d-%m-%Y}"

    assert redact(typed) == typed


@unhurried
@given(st.integers(1, 19_999), st.integers(1, 19_999))
def test_every_range_of_round_amounts_stays(low: int, more: int) -> None:
    typed = f"{low * 50}-{(low + more) * 50} euro"

    assert redact(typed) == typed


@unhurried
@given(st.text(max_size=200))
def test_redacting_again_changes_nothing(text: str) -> None:
    assert redact(redact(text)) == redact(text)


@unhurried
@given(st.text(alphabet="0123456789 .-+()@/nNlLbB", max_size=60))
def test_any_mix_of_digits_and_signs_can_be_read(text: str) -> None:
    assert isinstance(redact(text), str)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("ik zit op Kerkstraat 12 in Heerlen", "ik zit op [adres] in Heerlen"),
        ("Akerstraat 12a, 6411 AB Heerlen", "[adres], [postcode] Heerlen"),
        ("aan de Oude Rijksweg Noord 3", "aan de [adres]"),
        ("rijksweg noord 12 b", "[adres]"),
        ("Burgemeester van Oppenstraat 110-2 hoog", "Burgemeester van [adres] hoog"),
        ("Markt 5, Sittard", "[adres], Sittard"),
        ("mijn adres is dorpsstraat 7", "mijn adres is [adres]"),
        ("mijn postcode is 6211lx", "mijn postcode is [postcode]"),
        ("6211 LX Maastricht", "[postcode] Maastricht"),
        ("Hoofdstr. 44", "[adres]"),
    ],
)
def test_a_home_address_goes(typed: str, kept: str) -> None:
    assert redact(typed) == kept


@pytest.mark.parametrize(
    "text",
    [
        "we zijn onderweg 3 jaar bezig",
        "een winkel in de Kerkstraat",
        "de snelweg 20 km verderop",
        "2025 BV oprichten",
        "subsidie 2026 EU",
        "een lading van 1500 kg",
        "1500 euro per maand",
        "we bouwen 4000 m2 bedrijfshal",
        "op het plein 12 kramen",
    ],
)
def test_what_only_looks_like_an_address_stays(text: str) -> None:
    assert redact(text) == text
