"""Rows of the register to domain values and back; the only place that knows both."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, fields
from datetime import date
from typing import Any

import shapely

from daeb_locaties.begrippen import Component, Hardheid, Maat, Planstatus, Reden, Signaal
from daeb_locaties.model import (
    Aantal,
    Besluit,
    Bewijs,
    Bod,
    Bodregel,
    Dubbelpaar,
    GemeenteAandeel,
    Koppeling,
    Locatie,
    Oordeel,
)

Rij = Mapping[str, Any]


def locatie_to_row(locatie: Locatie) -> dict[str, Any]:
    """Return the row of a locatie; geometry as WKB."""
    rij = {veld.name: getattr(locatie, veld.name) for veld in fields(Locatie)}
    rij["geometrie_rd"] = shapely.to_wkb(locatie.geometrie_rd)
    rij["corporaties"] = list(locatie.corporaties)
    rij["aantallen"] = [asdict(aantal) for aantal in locatie.aantallen]
    rij["planstatus_opgegeven"] = locatie.planstatus_opgegeven.value
    if locatie.besluit is not None:
        rij["besluit"] = asdict(locatie.besluit) | {"datum": locatie.besluit.datum.isoformat()}
    return rij


def row_to_locatie(rij: Rij) -> Locatie:
    """Read a locatie from its row."""
    velden = dict(rij)
    besluit = velden["besluit"]
    return Locatie(
        **velden
        | {
            "geometrie_rd": shapely.from_wkb(velden["geometrie_rd"]),
            "corporaties": tuple(velden["corporaties"]),
            "aantallen": tuple(_aantal(cel) for cel in velden["aantallen"]),
            "planstatus_opgegeven": Planstatus(velden["planstatus_opgegeven"]),
            "besluit": None
            if besluit is None
            else Besluit(
                Planstatus(besluit["planstatus"]),
                besluit["reden"],
                date.fromisoformat(besluit["datum"]),
            ),
        }
    )


def _aantal(cel: Rij) -> Aantal:
    return Aantal(
        **dict(cel) | {"component": Component(cel["component"]), "maat": Maat(cel["maat"])}
    )


def bod_to_row(bod: Bod) -> dict[str, Any]:
    """Return the row of a version of a bod."""
    rij = {veld.name: getattr(bod, veld.name) for veld in fields(Bod)}
    return rij | {"regels": [asdict(regel) for regel in bod.regels]}


def row_to_bod(rij: Rij) -> Bod:
    """Read a version of a bod from its row."""
    regels = tuple(
        Bodregel(Component(r["component"]), Maat(r["maat"]), r["periode"], r["aantal"])
        for r in rij["regels"]
    )
    return Bod(**dict(rij) | {"regels": regels})


def koppeling_to_row(koppeling: Koppeling) -> dict[str, Any]:
    """Return the row of a link."""
    return asdict(koppeling) | {
        "signalen": [s.value for s in koppeling.signalen],
        "aandelen": [asdict(deel) for deel in koppeling.aandelen],
    }


def row_to_koppeling(rij: Rij) -> Koppeling:
    """Read a link from its row."""
    return Koppeling(
        **dict(rij)
        | {
            "aandelen": tuple(GemeenteAandeel(**deel) for deel in rij["aandelen"]),
            "signalen": _signalen(rij),
            "reden_code": Reden(rij["reden_code"]) if rij["reden_code"] else None,
        }
    )


def oordeel_to_row(oordeel: Oordeel) -> dict[str, Any]:
    """Return the row of a verdict."""
    return asdict(oordeel) | {"signalen": [s.value for s in oordeel.signalen]}


def row_to_oordeel(rij: Rij) -> Oordeel:
    """Read a verdict from its row."""
    return Oordeel(
        **dict(rij)
        | {
            "planstatus_afgeleid": Planstatus(rij["planstatus_afgeleid"]),
            "planstatus": Planstatus(rij["planstatus"]),
            "hardheid": Hardheid(rij["hardheid"]),
            "signalen": _signalen(rij),
        }
    )


def bewijs_to_row(bewijs: Bewijs) -> dict[str, Any]:
    """Return the row of a piece of evidence."""
    return asdict(bewijs)


def row_to_bewijs(rij: Rij) -> Bewijs:
    """Read a piece of evidence from its row (the row number is left out)."""
    velden = {naam: waarde for naam, waarde in rij.items() if naam != "nummer"}
    return Bewijs(**velden | {"klasse": Planstatus(velden["klasse"])})


def row_to_dubbelpaar(rij: Rij) -> Dubbelpaar:
    """Read a suspected pair from its row."""
    return Dubbelpaar(**dict(rij))


def _signalen(rij: Rij) -> tuple[Signaal, ...]:
    return tuple(Signaal(code) for code in rij["signalen"])
