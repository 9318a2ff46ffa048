"""A stored snapshot of a layer, and the JSON text in which its herkomst lies beside it."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime
from pathlib import Path
from typing import Any

from kaartlagen.controles import Bevinding
from kaartlagen.errors import OpslagError
from kaartlagen.herkomst import Herkomst

_VORM = 1
"""Version of the JSON text."""


@dataclass(frozen=True, slots=True)
class Momentopname:
    """One immutable snapshot.

    Parameters
    ----------
    id
        Layer, peildatum and hash of what was stored: the same source is named alike everywhere.
    laag
        The layer's name.
    herkomst
        Where it comes from.
    aantal
        Number of rows, at least 1.
    bbox_rd
        x_min, y_min, x_max, y_max in EPSG:28992; None only for an old text without it.
    oppervlakte_m2
        Sum of the rows' areas; 0 for points and lines.
    pad
        The FlatGeobuf file.
    bevindingen
        What the checks found when it was read.
    """

    id: str
    laag: str
    herkomst: Herkomst
    aantal: int
    bbox_rd: tuple[float, float, float, float] | None
    oppervlakte_m2: float
    pad: Path
    bevindingen: tuple[Bevinding, ...] = ()


def to_text(opname: Momentopname) -> str:
    """Write a snapshot's facts as JSON; where it lies is not one of them."""
    feiten = asdict(opname)
    feiten.pop("pad")
    herkomst = feiten["herkomst"]
    peildatum = opname.herkomst.peildatum
    herkomst["peildatum"] = peildatum.isoformat() if peildatum else None
    herkomst["ingelezen_op"] = opname.herkomst.ingelezen_op.isoformat()
    return json.dumps({"vorm": _VORM, **feiten}, ensure_ascii=False, indent=1) + "\n"


def from_text(tekst: str, pad: Path) -> Momentopname:
    """Read a snapshot's facts back.

    Parameters
    ----------
    tekst
        What `to_text` wrote.
    pad
        The FlatGeobuf file that it describes.

    Raises
    ------
    OpslagError
        When the text is damaged or of another version.
    """
    try:
        feiten = json.loads(tekst)
        herkomst = feiten["herkomst"]
        peildatum = herkomst["peildatum"]
        bbox = feiten["bbox_rd"]
        return Momentopname(
            id=feiten["id"],
            laag=feiten["laag"],
            herkomst=_herkomst(herkomst, date.fromisoformat(peildatum) if peildatum else None),
            aantal=feiten["aantal"],
            bbox_rd=None if bbox is None else (bbox[0], bbox[1], bbox[2], bbox[3]),
            oppervlakte_m2=feiten["oppervlakte_m2"],
            pad=pad,
            bevindingen=tuple(
                Bevinding(**{**b, "voorbeelden": tuple(b["voorbeelden"])})
                for b in feiten["bevindingen"]
            ),
        )
    except (ValueError, KeyError, TypeError, IndexError) as fout:
        raise OpslagError(
            f"de beschrijving van een momentopname is beschadigd ({fout}).",
            waar=str(pad.with_suffix(".json")),
            herstel="Verwijder dit bestand en lees de bron opnieuw in.",
        ) from fout


def _herkomst(feiten: dict[str, Any], peildatum: date | None) -> Herkomst:
    """Make the herkomst; a field that an older text lacks or a newer one adds is no damage."""
    bekend = {veld.name for veld in fields(Herkomst)}
    eigen = {naam: waarde for naam, waarde in feiten.items() if naam in bekend}
    ingelezen_op = datetime.fromisoformat(feiten["ingelezen_op"])
    return Herkomst(**{**eigen, "peildatum": peildatum, "ingelezen_op": ingelezen_op})
