"""Rows of the register to domain values and back; the only place that knows both."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields
from typing import Any

import shapely

from daeb_locaties.balansposten import Post, Vak
from daeb_locaties.begrippen import (
    Component,
    Hardheid,
    Maat,
    Paaroordeel,
    Planstatus,
    Reden,
    Signaal,
)
from daeb_locaties.model import (
    Aantal,
    Bewijs,
    Bod,
    Bodregel,
    Dubbelpaar,
    GemeenteAandeel,
    Koppeling,
    Locatie,
    Oordeel,
    Paarbesluit,
)
from daeb_locaties.register.velden import aantal_order, plain, read_besluit, read_einde

Rij = Mapping[str, Any]

# By code: a look-up is many times quicker than asking the enum, and there are many rows.
_COMPONENT = {lid.value: lid for lid in Component}
_HARDHEID = {lid.value: lid for lid in Hardheid}
_MAAT = {lid.value: lid for lid in Maat}
_PLANSTATUS = {lid.value: lid for lid in Planstatus}
_SIGNAAL = {lid.value: lid for lid in Signaal}
_LOCATIEVELDEN = tuple(veld.name for veld in fields(Locatie))


def locatie_to_row(locatie: Locatie) -> dict[str, Any]:
    """Return the row of a locatie; geometry as WKB, counts in a fixed order."""
    rij = {veld.name: getattr(locatie, veld.name) for veld in fields(Locatie)}
    rij["geometrie_rd"] = shapely.to_wkb(locatie.geometrie_rd)
    for naam in ("corporaties", "voorgangers", "opvolgers"):
        rij[naam] = list(rij[naam])
    rij["aantallen"] = [_cel(a) for a in sorted(locatie.aantallen, key=aantal_order)]
    rij["planstatus_opgegeven"] = locatie.planstatus_opgegeven.value
    for naam in ("besluit", "einde"):
        rij[naam] = None if rij[naam] is None else plain(asdict(rij[naam]))
    return rij


def row_to_locatie(rij: Rij) -> Locatie:
    """Read a locatie from its row."""
    return rows_to_locaties([rij])[0]


def rows_to_locaties(rijen: Sequence[Rij]) -> tuple[Locatie, ...]:
    """Read locaties from their rows; all shapes at once, for there may be many."""
    vormen = shapely.from_wkb([rij["geometrie_rd"] for rij in rijen])
    return tuple(_locatie(rij, vorm) for rij, vorm in zip(rijen, vormen, strict=True))


def _locatie(rij: Rij, vorm: Any) -> Locatie:
    velden = {naam: rij[naam] for naam in _LOCATIEVELDEN}
    besluit, einde = velden["besluit"], velden["einde"]
    velden["geometrie_rd"] = vorm
    velden["corporaties"] = tuple(velden["corporaties"])
    velden["voorgangers"] = tuple(velden["voorgangers"])
    velden["opvolgers"] = tuple(velden["opvolgers"])
    velden["aantallen"] = tuple([_aantal(cel) for cel in velden["aantallen"]])
    velden["planstatus_opgegeven"] = _PLANSTATUS[velden["planstatus_opgegeven"]]
    velden["besluit"] = None if besluit is None else read_besluit(besluit)
    velden["einde"] = None if einde is None else read_einde(einde)
    return Locatie(**velden)


def _aantal(cel: Rij) -> Aantal:
    return Aantal(
        _COMPONENT[cel["component"]],
        _MAAT[cel["maat"]],
        cel["jaar"],
        cel["waarschijnlijk"],
        cel["minimum"],
        cel["maximum"],
    )


def _cel(aantal: Aantal) -> dict[str, Any]:
    return {
        "component": aantal.component.value,
        "maat": aantal.maat.value,
        "jaar": aantal.jaar,
        "waarschijnlijk": aantal.waarschijnlijk,
        "minimum": aantal.minimum,
        "maximum": aantal.maximum,
    }


def bod_to_row(bod: Bod) -> dict[str, Any]:
    """Return the row of a version of a bod."""
    rij = {veld.name: getattr(bod, veld.name) for veld in fields(Bod)}
    return rij | {"regels": [plain(asdict(regel)) for regel in bod.regels]}


def row_to_bod(rij: Rij) -> Bod:
    """Read a version of a bod from its row."""
    regels = tuple(
        Bodregel(Component(r["component"]), Maat(r["maat"]), r["periode"], r["aantal"])
        for r in rij["regels"]
    )
    velden = {naam: waarde for naam, waarde in rij.items() if naam != "versie"}
    return Bod(**velden | {"regels": regels})


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
            "planstatus_afgeleid": _PLANSTATUS[rij["planstatus_afgeleid"]],
            "planstatus": _PLANSTATUS[rij["planstatus"]],
            "hardheid": _HARDHEID[rij["hardheid"]],
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
    besluit = rij["besluit"]
    return Dubbelpaar(**dict(rij) | {"besluit": Paaroordeel(besluit) if besluit else None})


def post_to_row(post: Post) -> dict[str, Any]:
    """Return the row of a sum of the balans; of which locaties it is the sum is left out."""
    rij = {veld.name: getattr(post, veld.name) for veld in fields(Post)}
    del rij["locatie_id"]
    return rij | {"corporaties": list(post.corporaties), "vak": post.vak.value}


def row_to_post(rij: Rij) -> Post:
    """Read a sum of the balans from its row."""
    velden = {naam: waarde for naam, waarde in rij.items() if naam != "nummer"}
    return Post(
        locatie_id=None,
        **velden
        | {
            "corporaties": tuple(velden["corporaties"]),
            "maat": Maat(velden["maat"]),
            "vak": Vak(velden["vak"]),
        },
    )


def paarbesluit_to_row(besluit: Paarbesluit) -> dict[str, Any]:
    """Return the row of a decision on a pair."""
    return plain(asdict(besluit))  # type: ignore[no-any-return]  # a mapping stays a mapping


def row_to_paarbesluit(rij: Rij) -> Paarbesluit:
    """Read a decision on a pair from its row."""
    return Paarbesluit(**dict(rij) | {"oordeel": Paaroordeel(rij["oordeel"])})


def _signalen(rij: Rij) -> tuple[Signaal, ...]:
    return tuple([_SIGNAAL[code] for code in rij["signalen"]])
