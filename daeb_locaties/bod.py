"""Bids from csv or xlsx with Dutch headers: one row per component, measure and period."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import groupby
from pathlib import Path
from typing import TypeVar

from daeb_locaties.begrippen import Component, Maat
from daeb_locaties.errors import BodError
from daeb_locaties.model import Bod, Bodregel
from daeb_locaties.tabel import Tabelrij, read_tabel
from kaartlagen.datums import parse_datum

KOLOMMEN = ("gemeentecode", "gemeente", "versie", "component", "maat", "periode", "aantal")


def read_biedingen(pad: Path) -> tuple[Bod, ...]:
    """Read every version of every gemeente's bod in a file.

    Parameters
    ----------
    pad
        csv or xlsx with the headers `gemeentecode, gemeente, versie, datum, component,
        maat, periode, aantal, toelichting, handelingsperspectief, bron`.

    Returns
    -------
    tuple of Bod
        One per gemeente and version, ordered by both.

    Raises
    ------
    BodError
        When a column is missing or a line is impossible; the message names the line. A
        file with one wrong line is refused whole: half a bod is no bod.
    """
    rijen = read_tabel(pad, BodError)
    if not rijen:
        raise BodError("er staan geen regels onder de kop.", waar=str(pad), herstel="Vul die aan.")
    ontbreekt = [k for k in KOLOMMEN if k not in rijen[0].cellen]
    if ontbreekt:
        raise BodError(
            f"de kolom {', '.join(ontbreekt)} ontbreekt.",
            waar=str(pad),
            herstel=f"Geef een kopregel met: {'; '.join(KOLOMMEN)}.",
        )
    sleutels = sorted(
        ((_code(rij, pad), _volgnummer(rij, pad), rij) for rij in rijen),
        key=lambda s: (s[0], s[1], s[2].nummer),
    )
    return tuple(
        _bod(code, volgnummer, [s[2] for s in groep], pad)
        for (code, volgnummer), groep in groupby(sleutels, key=lambda s: (s[0], s[1]))
    )


def _bod(code: str, volgnummer: int, rijen: list[Tabelrij], pad: Path) -> Bod:
    regels = tuple(_regel(rij, pad) for rij in rijen)
    dubbel = len({(r.component, r.maat, r.periode) for r in regels}) < len(regels)
    if dubbel:
        raise BodError(
            f"gemeente {code} heeft twee regels met dezelfde component, maat en periode.",
            waar=str(pad),
            herstel="Tel ze op of haal er een weg.",
        )
    return Bod(
        gemeentecode=code,
        gemeentenaam=_first(rij.get("gemeente") for rij in rijen) or code,
        volgnummer=volgnummer,
        datum=parse_datum(_first(rij.get("datum") for rij in rijen)),
        bron=_first(rij.get("bron") for rij in rijen) or pad.name,
        regels=regels,
        toelichting=_first(rij.get("toelichting") for rij in rijen),
        handelingsperspectief=_first(rij.get("handelingsperspectief") for rij in rijen),
    )


def _regel(rij: Tabelrij, pad: Path) -> Bodregel:
    aantal = rij.get("aantal") or ""
    cijfers = re.fullmatch(r"\d{1,3}(\.\d{3})+|\d+", aantal)
    if cijfers is None:
        raise _fout(rij, pad, f"het aantal '{aantal}' is geen geheel getal van 0 of meer")
    component = _member(Component, rij.get("component"), rij, pad)
    maat = _member(Maat, rij.get("maat"), rij, pad)
    return Bodregel(component, maat, rij.get("periode") or "", int(aantal.replace(".", "")))


_B = TypeVar("_B", Component, Maat)


def _member(soort: type[_B], tekst: str | None, rij: Tabelrij, pad: Path) -> _B:
    for lid in soort:
        if tekst is not None and tekst.strip().lower() in {lid.value.lower(), lid.label.lower()}:
            return lid
    keuze = ", ".join(lid.value for lid in soort)
    raise _fout(rij, pad, f"'{tekst}' staat niet in de lijst ({keuze})")


def _code(rij: Tabelrij, pad: Path) -> str:
    treffer = re.fullmatch(r"(?:GM)?(\d{1,4})", rij.get("gemeentecode") or "")
    if treffer is None:
        raise _fout(rij, pad, f"'{rij.get('gemeentecode')}' is geen gemeentecode")
    return treffer.group(1).zfill(4)


def parse_versie(tekst: str) -> int | None:
    """Return the volgnummer of a version in the users' words; None when it is none."""
    versie = tekst.strip().lower()
    treffer = re.fullmatch(r"bod|aangescherpt bod(?: (\d+))?", versie)
    if treffer is None:
        return None
    return 0 if versie == "bod" else int(treffer.group(1) or 1)


def _volgnummer(rij: Tabelrij, pad: Path) -> int:
    versie = rij.get("versie") or ""
    nummer = parse_versie(versie)
    if nummer is None:
        raise _fout(rij, pad, f"de versie '{versie}' is geen 'bod' of 'aangescherpt bod 1'")
    return nummer


def _fout(rij: Tabelrij, pad: Path, wat: str) -> BodError:
    return BodError(
        f"{wat}.",
        waar=f"{pad}, regel {rij.nummer}",
        herstel="Verbeter de regel; er is niets gelezen.",
    )


def _first(teksten: Iterable[str | None]) -> str | None:
    return next((tekst for tekst in teksten if tekst), None)
