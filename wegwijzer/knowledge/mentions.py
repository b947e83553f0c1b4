"""Reads what people mention of their business in passing: place, sector, size, phase, form, amount."""

import re
from math import ceil

from wegwijzer.knowledge.base import Knowledge
from wegwijzer.knowledge.phrases import PhraseBook, plain, words_of
from wegwijzer.knowledge.profile import Profile
from wegwijzer.knowledge.records import Choice, Municipality

UP_TO_FIFTEEN = "nul één twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien"
NUMBER_WORDS = {
    **{word: number for number, word in enumerate(UP_TO_FIFTEEN.split())},
    "twintig": 20,
    "dertig": 30,
    "veertig": 40,
    "vijftig": 50,
    "honderd": 100,
}

NUMBER = rf"(?P<number>\d{{1,4}}|{'|'.join(NUMBER_WORDS)})"
STAFF = (
    r"(?:man|mensen|medewerkers?|werknemers?|personeelsleden|collega'?s|fte"
    r"|mitarbeitern?|angestellten?|employees|people|staff)"
)
HEADCOUNT = re.compile(rf"\b{NUMBER}\s+(?:\w+\s+)?{STAFF}\b")
# "Met z'n tweeën"; the accents are gone by then.
TOGETHER = {
    "tweeen": 2, "drieen": 3, "vieren": 4, "vijven": 5, "zessen": 6, "zevenen": 7, "achten": 8, "negenen": 9,
    "tienen": 10,
}  # fmt: skip
OF_US = re.compile(rf"\b(?:z'n|zijn|ons|onze)\s+(?P<number>{'|'.join(TOGETHER)})\b")
PART_TIME = re.compile(r"\b(?P<number>\d{1,3}[.,]\d)\s*fte\b")
# Without its accents it is the article of any one employee.
ONE = re.compile(rf"\béén\s+(?:\w+\s+)?{STAFF}\b")
BARE_NUMBER = re.compile(rf"(?:ongeveer|zo'n|circa)?\s*{NUMBER}\.?")
# "Ik zoek drie medewerkers" tells what is wanted, not how many there are; so does "drie medewerkers aannemen".
WANTED_AFTER = re.compile(r"^[^.?!]{0,15}\b(?:aannemen|aan te nemen|zoeken|werven|erbij|nodig|te kort)\b")
WANTED = re.compile(r"\b(?:zoek\w*|aannemen|neem|werven|vacatures?|suche\w*|hire|nodig)\b[^.?!]{0,30}$")
NO_STAFF = re.compile(
    r"\b(?:zzp'?e?r?s?|zzper|(?:heb|hebben|met) (?:nog |ook |zelf )?geen (?:personeel|medewerkers|werknemers)"
    r"(?! (?:kunnen|gevonden|gekregen|meer))|zonder (?:personeel|medewerkers)|ik werk alleen(?! maar)"
    r"|in mijn eentje|in m'n eentje|eerste (?:medewerker|werknemer|personeelslid)|freelancer|alleen ik)\b"
)
AMOUNT = re.compile(
    r"(?P<sign>€\s*|eur\s+)?(?P<digits>\d{1,3}(?:[. ]\d{3})+|\d+)(?:,(?P<decimals>\d{1,2}))?(?:,-)?"
    r"\s*(?P<unit>euro|eur\b|€|k\b|mille\b|duizend|ton\b|miljoen|mln)?"
)
TIMES = {"k": 1_000, "mille": 1_000, "duizend": 1_000, "ton": 100_000, "miljoen": 1_000_000, "mln": 1_000_000}
# "Drie ton", "vijftigduizend".
WRITTEN_OUT = re.compile(rf"\b(?P<number>{'|'.join(NUMBER_WORDS)})\s?(?P<unit>mille|duizend|ton|miljoen)\b")
WORDED_AMOUNTS = {"anderhalve ton": 150_000, "een ton": 100_000, "halve ton": 50_000, "half miljoen": 500_000,
                  "een miljoen": 1_000_000}  # fmt: skip


class MentionReader:
    """Reads mentions with the words that the knowledge files give for each value."""

    def __init__(self, knowledge: Knowledge) -> None:
        vocabulary = knowledge.vocabulary
        municipalities = knowledge.municipalities.values()
        self._municipalities = PhraseBook(
            [(form, municipality.id) for municipality in municipalities for form in _forms(municipality)],
            needing_preposition=[form for municipality in municipalities for form in municipality.ambiguous],
            ordinary=vocabulary.ordinary,
        )
        self._sectors = _book(vocabulary.sectoren, vocabulary.ordinary)
        self._phases = _book(vocabulary.fasen, vocabulary.ordinary)
        self._forms = _book(vocabulary.rechtsvormen, vocabulary.ordinary)
        self._origins = _book(vocabulary.herkomsten, vocabulary.ordinary)
        self._benefits = _book(vocabulary.uitkeringen, vocabulary.ordinary)

    def read(self, text: str, asked: str | None = None) -> Profile:
        """What `text` mentions of a business; parts that it does not mention are None.

        `asked` is the part that was just asked for: a bare "12" then counts as an answer.
        """
        bare = BARE_NUMBER.fullmatch(plain(text).strip()) if asked == "medewerkers" else None
        words = words_of(text)
        return Profile(
            gemeente=self._municipalities.first(words),
            sector=self._sectors.first(words),
            medewerkers=_number(bare["number"]) if bare else headcount(text),
            fase=self._phases.first(words),
            rechtsvorm=self._forms.first(words),
            herkomst=self._origins.first(words),
            uitkering=self._benefits.first(words),
            bedrag=amount(text),
        )


def headcount(text: str) -> int | None:
    """The number of employees that `text` mentions: 0 for a zzp'er, None when it mentions none."""
    lowered = plain(text)
    together, part_time = OF_US.search(lowered), PART_TIME.search(lowered)
    if together:
        return TOGETHER[together["number"]]
    if part_time:
        return ceil(float(part_time["number"].replace(",", ".")))
    match = HEADCOUNT.search(lowered)
    if match and not WANTED.search(lowered[: match.start()]) and not WANTED_AFTER.search(lowered[match.end() :]):
        return _number(match["number"])
    if ONE.search(text.lower()):
        return 1
    return 0 if NO_STAFF.search(lowered) else None


def amount(text: str) -> float | None:
    """The largest sum in euros that `text` mentions with a currency or unit, or None."""
    lowered = plain(text)
    worded = [value for words, value in WORDED_AMOUNTS.items() if words in lowered]
    written_out = [NUMBER_WORDS[match["number"]] * TIMES[match["unit"]] for match in WRITTEN_OUT.finditer(lowered)]
    figures = [_euros(match) for match in AMOUNT.finditer(lowered) if match["sign"] or match["unit"]]
    return max([*worded, *written_out, *figures], default=None)


def _euros(match: re.Match[str]) -> float:
    digits = float(re.sub(r"[. ]", "", match["digits"]))
    if match["decimals"]:
        digits += float(f"0.{match['decimals']}")
    return digits * TIMES.get(match["unit"] or "", 1)


def _number(word: str) -> int:
    return NUMBER_WORDS[word] if word in NUMBER_WORDS else int(word)


def _book(choices: tuple[Choice, ...], ordinary: tuple[str, ...]) -> PhraseBook:
    phrases = ((phrase, choice.id) for choice in choices for phrase in (*choice.words, choice.label))
    return PhraseBook(phrases, ordinary=ordinary)


def _forms(municipality: Municipality) -> tuple[str, ...]:
    return (
        municipality.name,
        *municipality.places,
        *municipality.neighbourhoods,
        *municipality.spellings,
        *municipality.former,
    )
