"""Two hundred pieces of personal data, typed in many spellings, are in no table, no log and no answer afterwards."""

import random
import re
from collections.abc import Iterator

from stdnum import iban
from stdnum.nl import bsn

from tests.conftest import System
from tests.web.behind import Behind
from tests.web.caller import Caller

SENTENCES = (
    "bel of mail mij: {}",
    "ik ben te bereiken via {} en zoek een lening",
    "{} is van mij, wat kan ik met mijn schulden?",
    "mijn gegevens ({}) staan ook op de site",
    "Hoe vind ik personeel? Groet, {}",
)
STREETS = "Kerkstraat Stationsstraat Akerstraat Rijksweg Wilhelminalaan Marktplein Grachtstraat Schoolstraat".split()
OF_EACH = 34
SHORTEST_NUMBER = 8
BETWEEN_DIGITS = re.compile(r"(?<=\d)[ .()-]{1,3}(?=\d)")
chance = random.Random(7)  # noqa: S311 - the same data every time


def emails() -> Iterator[str]:
    """Addresses of people that do not exist."""
    for number in range(OF_EACH):
        name = chance.choice(["jan", "Voor.beeld", "info+zaak", "a_b-c", "o'brien", "V.BEELD"])
        host = chance.choice(["bakkerij", "mijn-zaak", "post.bedrijf"])
        yield f"{name}{number}@{host}.{chance.choice(['nl', 'com', 'eu'])}"


def phones() -> Iterator[str]:
    """Numbers of the Netherlands in the ways in which people write them."""
    forms = ("06{}{}", "06-{}{}", "06 {} {}", "+31 6 {} {}", "0031 6{}{}", "+31(0)6-{}{}", "(06) {}{}")
    for _ in range(OF_EACH):
        yield chance.choice(forms).format(chance.randint(1000, 5999), chance.randint(1000, 9999))


def accounts() -> Iterator[str]:
    """Dutch account numbers with right check digits, in groups or not."""
    for _ in range(OF_EACH):
        rest = f"{chance.choice(['INGB', 'RABO', 'ABNA', 'TRIO'])}{chance.randint(0, 9_999_999_999):010d}"
        digits = iban.calc_check_digits(f"NL00{rest}")
        whole = f"NL{digits}{rest}"
        yield chance.choice([whole, " ".join(re.findall(".{1,4}", whole)), whole.lower()])


def citizens() -> Iterator[str]:
    """Numbers of citizens that pass the check, as they are written."""
    for _ in range(OF_EACH):
        number = next(one for one in iter(lambda: f"{chance.randint(1, 999_999_99):08d}", "") if _completed(one))
        whole = _completed(number) or ""
        grouped = f"{whole[:3]}.{whole[3:6]}.{whole[6:]}"
        yield chance.choice([f"bsn {whole}", grouped, f"mijn burgerservicenummer is {whole}"])


def _completed(first: str) -> str | None:
    return next((first + last for last in "0123456789" if bsn.is_valid(first + last)), None)


def businesses() -> Iterator[str]:
    """Numbers of the trade register, which only the word beside them gives away."""
    for _ in range(OF_EACH):
        number = f"{chance.randint(10_000_000, 99_999_999)}"
        grouped = f"kvk nr {number[:4]} {number[4:]}"
        yield chance.choice([f"kvk {number}", f"KvK-nummer: {number}", f"{number} (kvk)", grouped])


def addresses() -> Iterator[str]:
    """Streets with a house, and postcodes."""
    for _ in range(OF_EACH):
        street = f"{chance.choice(STREETS)} {chance.randint(1, 399)}{chance.choice(['', 'a', ' b', '-2'])}"
        code = f"{chance.randint(6100, 6499)}{chance.choice([' ', ''])}{chance.choice(['AB', 'LX', 'GD'])}"
        yield chance.choice([street, f"{street}, {code} Heerlen", f"{street} in Maastricht"])


class Kept:
    """All that was kept, in which a piece of data is looked for."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._ungrouped = BETWEEN_DIGITS.sub("", text)

    def holds(self, planted: str) -> bool:
        """Whether something gives `planted` away: its number however it is grouped, else the whole.

        Digits behind others or a point are those of a probability, which the engine writes down by the hundred.
        """
        runs = [re.sub(r"\D", "", run) for run in re.findall(r"[\d .()+-]+", planted)]
        longest = max(runs, key=len, default="")
        if len(longest) < SHORTEST_NUMBER:
            return re.split(r", | in ", planted)[0] in self._text
        if longest not in self._ungrouped:  # nearly always, and the pattern takes a second in megabytes
            return False
        return bool(re.search(r"(?<![\d.])" + r"[ .()-]{0,3}".join(longest) + r"(?!\d)", self._text))


def test_what_is_planted_is_found_nowhere(caller: Caller, system: System, behind: Behind) -> None:
    planted = [*emails(), *phones(), *accounts(), *citizens(), *businesses(), *addresses()]
    assert len(planted) >= 200

    answers = [str(caller.ask(chance.choice(SENTENCES).format(one))) for one in planted]

    kept = Kept("\n".join([*answers, str(caller.history()), system.logs(), behind.bytes().decode("utf-8", "replace")]))
    assert [one for one in planted if kept.holds(one)] == []


def test_a_piece_of_data_that_is_kept_would_be_found() -> None:
    for planted in (*emails(), *phones(), *accounts(), *citizens(), *businesses(), *addresses()):
        assert Kept(f"{{'text': 'ik ben {planted}, wat nu'}}").holds(planted), planted
