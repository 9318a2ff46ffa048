"""A frozen peildatum: the whole state of the register as one JSON text, named by its digest."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, is_dataclass
from datetime import date
from enum import Enum
from typing import Any

import shapely

from daeb_locaties.gesprek import Beoordeling, Peildatum, Standpunt, make_id
from daeb_locaties.keten import ensure_beoordeeld
from daeb_locaties.model import LocatieRegel
from daeb_locaties.overzicht import read_balans, read_bewijs, read_biedingen, read_regels
from daeb_locaties.project import Project
from daeb_locaties.register import Ketenbewijs
from daeb_locaties.register.gesprekken import put_peildatum, read_inhoud, read_values
from daeb_locaties.register.schrijven import Auteur

VORM = 1
"""The form of the frozen text; it goes up when old texts would be read otherwise."""


def freeze(
    project: Project, datum: date, naam: str, auteur: Auteur, reden: str
) -> tuple[Peildatum, bool]:
    """Freeze the state of now under a peildatum.

    Returns
    -------
    tuple of Peildatum and bool
        The peildatum, and whether it is new: the same state under the same date and name
        is the same peildatum.
    """
    keten = ensure_beoordeeld(project)
    with project.register.at_one_moment():
        inhoud = _content(project, keten)
    tekst = json.dumps(inhoud, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    sha256 = hashlib.sha256(tekst).hexdigest()
    peildatum = Peildatum(
        id=make_id("peildatum", datum.isoformat(), naam, sha256),
        datum=datum,
        naam=naam,
        sha256=sha256,
        akkoord=keten.akkoord,
        regelversie=keten.regelversie,
        locaties=len(inhoud["locaties"]),
    )
    return peildatum, put_peildatum(project.register, peildatum, tekst, auteur, reden)


def read_frozen(project: Project, peildatum: Peildatum) -> dict[str, Any]:
    """Return the content of a frozen peildatum.

    Raises
    ------
    GesprekError
        When the content is not there.
    ValueError
        When it is not what was frozen: its digest differs.
    """
    tekst = read_inhoud(project.register, peildatum.sha256)
    if hashlib.sha256(tekst).hexdigest() != peildatum.sha256:
        raise ValueError(f"peildatum {peildatum.id} was changed after it was frozen")
    inhoud: dict[str, Any] = json.loads(tekst)
    return inhoud


def _content(project: Project, keten: Ketenbewijs) -> dict[str, Any]:
    """Return everything that figures stand on; no moments, so that equal states are equal."""
    regels = read_regels(project)
    return {
        "vorm": VORM,
        "akkoord": keten.akkoord,
        "akkoord_sha256": keten.akkoord_sha256,
        "regelversie": keten.regelversie,
        "versie": keten.versie,
        "momentopnamen": keten.momentopnamen,
        "locaties": [_plain(regel) for regel in _by_id(regels)],
        "bewijs": [_plain(rij) for rij in read_bewijs(project)],
        "biedingen": [_plain(bod) for bod in read_biedingen(project)],
        "dubbelparen": [_plain(paar) for paar in project.register.dubbelparen()],
        "balans": _plain(read_balans(project, regels)),
        "standpunten": [_plain(s) for s in read_values(project.register, Standpunt)],
        "beoordelingen": [_plain(b) for b in read_values(project.register, Beoordeling)],
    }


def _by_id(regels: Sequence[LocatieRegel]) -> list[LocatieRegel]:
    return sorted(regels, key=lambda regel: regel.locatie.id)


def _plain(waarde: Any) -> Any:
    """Return what JSON can hold: codes as text, dates as ISO text, geometry as WKB in hex."""
    if isinstance(waarde, Enum):
        return waarde.value
    if isinstance(waarde, shapely.Geometry):
        return shapely.to_wkb(waarde, hex=True)
    if isinstance(waarde, date):
        return waarde.isoformat()
    if is_dataclass(waarde) and not isinstance(waarde, type):
        return _plain(asdict(waarde))
    if isinstance(waarde, dict):
        return {str(naam): _plain(deel) for naam, deel in waarde.items()}
    if isinstance(waarde, list | tuple):
        return [_plain(deel) for deel in waarde]
    return waarde
