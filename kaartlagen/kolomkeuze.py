"""Which column is read as what, where a user said so, and remembered for the next file.

A gemeente sends the same list every half year: what was said once of its headers holds for
every later file with those headers. It lies in the project, beside the layers.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from kaartlagen.errors import KolomError, OpslagError
from kaartlagen.vervangen import replace_whole

BESTAND = "kolommen.json"
"""Name of the memory's file, in the folder of the layers."""

_VORM = 1
_LEEG: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Kolomkeuze:
    """What of one table is read as what.

    Parameters
    ----------
    koppen
        The table's own headers.
    keuze
        Our name to the table's own header.
    onthouden
        Those of our names of which the choice was remembered, not said now.
    """

    koppen: tuple[str, ...]
    keuze: Mapping[str, str] = field(default_factory=lambda: _LEEG)
    onthouden: frozenset[str] = frozenset()

    @property
    def nieuwe_koppen(self) -> tuple[str, ...]:
        """The headers with the chosen columns under our names.

        A column that had such a name itself gives way: it is kept as ``naam (bron)``.
        """
        andersom = {eigen: ons for ons, eigen in self.keuze.items()}
        return tuple(
            andersom.get(kop) or (f"{kop} (bron)" if kop in self.keuze else kop)
            for kop in self.koppen
        )

    @property
    def tekst(self) -> str:
        """The choice as one line, for a snapshot's herkomst; empty when there is none."""
        return "; ".join(f"{ons}={eigen}" for ons, eigen in sorted(self.keuze.items()))


class Kolomgeheugen:
    """The choices that were made in a project, by the set of headers of the table.

    Parameters
    ----------
    map
        The folder of the layers; the memory's file is made at the first choice.
    """

    def __init__(self, map: Path) -> None:  # noqa: A002  (the users' word for a folder)
        self.pad = map / BESTAND

    def recall(self, koppen: Sequence[str]) -> dict[str, str]:
        """Give what was chosen for a table with these headers, in any order.

        Raises
        ------
        OpslagError
            When the memory's file is damaged.
        """
        gezocht = _key(koppen)
        eigen = {_plain(kop): kop for kop in koppen}
        for keuze in self._read():
            if _key(keuze["koppen"]) == gezocht:
                return {ons: eigen[_plain(kop)] for ons, kop in keuze["keuze"].items()}
        return {}

    def remember(self, keuze: Kolomkeuze) -> None:
        """Keep a choice in place of the one for the same headers; an empty one forgets it.

        Raises
        ------
        OpslagError
            When the file is damaged or cannot be written.
        """
        andere = [k for k in self._read() if _key(k["koppen"]) != _key(keuze.koppen)]
        if keuze.keuze:
            andere.append({"koppen": list(keuze.koppen), "keuze": dict(keuze.keuze)})
        self.pad.parent.mkdir(parents=True, exist_ok=True)
        inhoud = json.dumps({"vorm": _VORM, "keuzen": andere}, ensure_ascii=False, indent=1)
        with replace_whole(self.pad) as tijdelijk:
            tijdelijk.write_text(inhoud + "\n", encoding="utf-8")

    def _read(self) -> list[dict[str, Any]]:
        try:
            keuzen: list[dict[str, Any]] = json.loads(self.pad.read_text(encoding="utf-8"))[
                "keuzen"
            ]
            for keuze in keuzen:
                _key(keuze["koppen"]), dict(keuze["keuze"])
        except FileNotFoundError:
            return []
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as fout:
            raise OpslagError(
                f"de onthouden keuze van kolommen is niet te lezen ({fout}).",
                waar=str(self.pad),
                herstel="Verwijder dit bestand; geef de keuze daarna opnieuw met --kolom.",
            ) from fout
        return keuzen


@dataclass(frozen=True, slots=True)
class Kolomwijzer:
    """What the user says of columns now, over what was remembered.

    `opgegeven` is our name to the table's header; an empty header takes a remembered
    choice back.
    """

    opgegeven: Mapping[str, str] = field(default_factory=lambda: _LEEG)
    geheugen: Kolomgeheugen | None = None

    def choose(self, koppen: Sequence[str]) -> Kolomkeuze:
        """Give the choice for a table with these headers.

        What the user says now counts only where the table has all the columns named: a
        file may hold other tables too.
        """
        keuze = dict(self.geheugen.recall(koppen)) if self.geheugen else {}
        onthouden = frozenset(keuze)
        nu = {ons: _find(koppen, kop) for ons, kop in self.opgegeven.items()}
        if all(eigen is not None for eigen in nu.values()):
            keuze |= {ons: eigen for ons, eigen in nu.items() if eigen is not None}
            bezet = {eigen for eigen in nu.values() if eigen}
            keuze = {
                ons: eigen
                for ons, eigen in keuze.items()
                if eigen and (ons in nu or eigen not in bezet)
            }
        return Kolomkeuze(tuple(koppen), keuze, onthouden & frozenset(keuze) - frozenset(nu))

    def require(self, tabellen: Sequence[Sequence[str]], waar: str) -> None:
        """Refuse what the user says when no table of the file has the columns.

        Raises
        ------
        KolomError
            Naming the first column that is missing, and those that are there.
        """
        if not self.opgegeven or not tabellen:
            return
        mist = [
            [kop for kop in self.opgegeven.values() if _find(koppen, kop) is None]
            for koppen in tabellen
        ]
        if all(mist):
            koppen = tabellen[0]
            raise KolomError(
                f"de kolom {min(mist, key=len)[0]!r} bestaat niet in dit bestand.",
                waar=waar,
                herstel=f"Kies uit: {', '.join(koppen[:30]) or 'geen kolommen'}.",
            )


def parse_keuze(teksten: Sequence[str]) -> dict[str, str]:
    """Read ``plannaam=Naam project``, as the command line gives it.

    Raises
    ------
    KolomError
        When a text has another form, or one of the two sides comes twice.
    """
    uit: dict[str, str] = {}
    for tekst in teksten:
        ons, teken, eigen = (deel.strip() for deel in tekst.partition("="))
        if not teken or not re.fullmatch(r"[a-z][a-z0-9_]*", ons):
            raise KolomError(
                f"{tekst!r} is geen keuze van een kolom.",
                herstel="Schrijf onze naam, een = en de kop in het bestand, bijvoorbeeld "
                '--kolom "plannaam=Naam project".',
            )
        if ons in uit or (eigen and eigen in uit.values()):
            raise KolomError(
                f"{ons if ons in uit else eigen!r} is tweemaal gekozen.",
                herstel="Geef elke kolom eenmaal op.",
            )
        uit[ons] = eigen
    return uit


def _find(koppen: Sequence[str], gezocht: str) -> str | None:
    """Find a header as the user typed it; an empty one stands for taking a choice back."""
    if not gezocht:
        return ""
    if gezocht in koppen:
        return gezocht
    passend = [kop for kop in koppen if _plain(kop) == _plain(gezocht)]
    return passend[0] if len(passend) == 1 else None


def _plain(kop: str) -> str:
    return re.sub(r"\s+", " ", kop).strip().casefold()


def _key(koppen: Sequence[str]) -> tuple[str, ...]:
    return tuple(sorted(_plain(kop) for kop in koppen))
