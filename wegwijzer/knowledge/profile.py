"""What we know of a business, each part None until the entrepreneur has mentioned it."""

from dataclasses import asdict, dataclass, fields, replace
from typing import Any, Self


@dataclass(frozen=True)
class Profile:
    """A business: `gemeente`, `sector`, `fase` and `rechtsvorm` are ids from the knowledge files, and so is
    `herkomst`, whether its owner comes from inside the EU, and `uitkering`, the benefit that its owner lives on.

    `medewerkers` counts employees (0 for a zzp'er); `bedrag` is the sum sought, in euros.
    """

    gemeente: str | None = None
    sector: str | None = None
    medewerkers: int | None = None
    fase: str | None = None
    rechtsvorm: str | None = None
    herkomst: str | None = None
    uitkering: str | None = None
    bedrag: float | None = None

    def updated(self, newer: Self) -> Self:
        """This profile with every part that `newer` knows taken from it."""
        return replace(self, **newer.known())

    def known(self) -> dict[str, Any]:
        """The parts that are known, by name."""
        return {name: value for name, value in asdict(self).items() if value is not None}

    def __bool__(self) -> bool:
        return any(getattr(self, part.name) is not None for part in fields(self))
