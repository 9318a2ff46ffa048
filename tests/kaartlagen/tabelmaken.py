"""Tables made for one form or one trap each: xlsx by openpyxl, csv by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import openpyxl

WKT = "POLYGON((155000 463000, 155100 463000, 155100 463100, 155000 463100, 155000 463000))"
"""The square of `tests.kaartlagen.maken.VIERKANT`."""

DIWI_SECTIES = (
    ("Projectgegevens", ("Identificatie nr", "Naam", "Vertrouwelijkheid", "Plan soort",
                         "4a Opgenomen in de visie", "3 In voorbereiding", "2a Vastgesteld",
                         "1c Onherroepelijk B&W nodig", "Gemeente",
                         "Maatwerk project eigenschap")),
    ("Woning aantallen", ("Bouw", "Sloop")),
    ("Bouw gegevens", ("Opleverdatum", "Opleverdatum", "Koopwoning", "Huur woningcorporatie",
                       "Eigendom type onbekend", "Huurprijs woningcorporatie categorie",
                       "Huurprijs woningcorporatie", "Huurprijs woningcorporatie")),
    ("Sloop gegevens", ("Opleverdatum", "Huur woningcorporatie", "Huurprijs woningcorporatie")),
    ("Controle Bouw totalen", ("Mutatie gegevens",)),
)  # fmt: skip
"""A part of the columns of the DIWI template, in its own words and order."""


def write_xlsx(pad: Path, bladen: Mapping[str, Sequence[Sequence[object]]]) -> Path:
    """Write a workbook: rows of cells per sheet."""
    werkmap = openpyxl.Workbook()
    werkmap.remove(werkmap.active)
    for naam, rijen in bladen.items():
        blad = werkmap.create_sheet(naam)
        for rij in rijen:
            blad.append(list(rij))
    werkmap.save(pad)
    return pad


def write_csv(pad: Path, tekst: str, codering: str = "utf-8") -> Path:
    """Write text as it stands."""
    pad.write_bytes(tekst.encode(codering))
    return pad


def diwi_rows(
    onder: Mapping[tuple[str, str, int], object],
    *projecten: Mapping[tuple[str, str, int] | str, object],
) -> list[list[object]]:
    """Make the rows of a DIWI sheet.

    Parameters
    ----------
    onder
        What stands under a header: (section, header, which of the same name, from 0).
    projecten
        Cells by the same key; by the header alone in the first section.
    """
    kolommen = [
        (sectie, kop, koppen[:plek].count(kop))
        for sectie, koppen in DIWI_SECTIES
        for plek, kop in enumerate(koppen)
    ]
    boven = [
        sectie if plek == 0 or kolommen[plek - 1][0] != sectie else None
        for plek, (sectie, _, _) in enumerate(kolommen)
    ]
    rijen: list[list[object]] = [
        [0, *[None] * len(kolommen)],
        [None, *boven],
        [None] * (len(kolommen) + 1),
        [None, *[kop for _, kop, _ in kolommen]],
        [None, *[onder.get(kolom) for kolom in kolommen]],
    ]
    for project in projecten:
        cellen = {
            k if isinstance(k, tuple) else ("Projectgegevens", k, 0): v for k, v in project.items()
        }
        assert set(cellen) <= set(kolommen), set(cellen) - set(kolommen)
        rijen.append([None, *[cellen.get(kolom) for kolom in kolommen]])
    return rijen
