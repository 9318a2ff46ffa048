"""The STRI manifest beside a plan: the dossierstatus, which the plan file itself cannot say.

A manifest (`Manifest` / `Dossier Id Status` / `Plan Id`, STRI2012 1.0 and 2.0) lists the
plans of one overheid; the status of a dossier is only there (`domein.md` section 2.1). The
manifests of STRI2008 and STRI2006 list plans without dossiers and have no such status. The
geleideformulier of a plan (`g_<idn>.xml`) repeats its planstatus.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from kaartlagen.controles import Bevinding
from kaartlagen.datums import parse_datum
from kaartlagen.errors import BronError
from kaartlagen.imrocontroles import (
    DOSSIERSTATUS_GEVONDEN,
    DOSSIERSTATUS_STRIJDIG,
    GELEIDEFORMULIER_VERSCHILT,
    MANIFEST_BESCHADIGD,
    MANIFEST_HISTORISCH,
)
from kaartlagen.xmllezen import (
    Element,
    Wortel,
    attribute,
    child,
    iter_features,
    local_name,
    read_root,
    text,
)

_RUIMTE = "http://www.geonovum.nl/stri/"
_ONDERDEEL = re.compile(r"[a-z]{1,2}_NL\.", re.IGNORECASE)
_BESTANDSNAAM = re.compile(r"[A-Za-z0-9_.\-]{1,100}")
_MEESTE_BESTANDEN = 50
_MEESTE_BYTES = 50_000_000


@dataclass(frozen=True, slots=True)
class Vermelding:
    """What a manifest or geleideformulier says of one plan; None for what it does not say."""

    dossierstatus: str | None = None
    planstatus: str | None = None
    historisch: bool = False


@dataclass(frozen=True, slots=True)
class Manifest:
    """One manifest or geleideformulier: its date, and its plans by idn."""

    pad: Path
    datum: date | None
    plannen: Mapping[str, Vermelding]
    beschadigd: bool = False

    @property
    def naam(self) -> str:
        """The file's name and its date, for a sentence."""
        dag = f" van {self.datum.day}-{self.datum.month}-{self.datum.year}" if self.datum else ""
        return f"{self.pad.name}{dag}"


@dataclass(frozen=True, slots=True)
class Dossier:
    """What the files beside a plan say of it, which files those are, and what to tell."""

    status: str | None = None
    gelezen: tuple[Path, ...] = ()
    bevindingen: tuple[Bevinding, ...] = ()


def find_dossier(plan: Path, idn: str, planstatus: str | None) -> Dossier:
    """Look beside a plan file for what STRI says of the plan.

    Parameters
    ----------
    plan
        The plan's GML file; only its own folder is looked at.
    idn
        The plan.
    planstatus
        The planstatus that the GML gives, to lay beside that of the geleideformulier.

    Returns
    -------
    Dossier
        The dossierstatus, literally, from the newest manifest that names the plan; None
        when no manifest does, or two of the same day disagree.
    """
    manifesten = _manifests(plan)
    noemend = [m for m in manifesten if idn in m.plannen]
    status, keuze = _newest(noemend, idn)
    # The idn comes out of a file: only what can be no path is made a file name.
    formulier = (
        _read_if_there(plan.with_name(f"g_{idn}.xml")) if _BESTANDSNAAM.fullmatch(idn) else None
    )
    noemend += [formulier] if formulier is not None and idn in formulier.plannen else []
    stuk = [m.pad.name for m in manifesten if m.beschadigd]
    oud = [m.pad.name for m in noemend if m.plannen[idn].historisch]
    return Dossier(
        status,
        tuple(m.pad for m in noemend),
        (
            *keuze,
            *MANIFEST_HISTORISCH.report(len(oud), oud),
            *MANIFEST_BESCHADIGD.report(len(stuk), stuk),
            *_compare(formulier, idn, planstatus),
        ),
    )


def is_stri(wortel: Wortel) -> bool:
    """Whether an XML file is a manifest or a geleideformulier."""
    return wortel.namespace.startswith(_RUIMTE) and wortel.naam in {"Manifest", "GeleideFormulier"}


def _newest(manifesten: Sequence[Manifest], idn: str) -> tuple[str | None, tuple[Bevinding, ...]]:
    """Take the status from the newest manifest; those of one day must agree."""
    zeggend = [m for m in manifesten if m.plannen[idn].dossierstatus]
    if not zeggend:
        return None, ()
    laatste = max(m.datum or date.min for m in zeggend)
    nieuw = [m for m in zeggend if (m.datum or date.min) == laatste]
    waarden = {str(m.plannen[idn].dossierstatus) for m in nieuw}
    if len(waarden) > 1:
        return None, DOSSIERSTATUS_STRIJDIG.report(
            1, [f"{m.naam}: {m.plannen[idn].dossierstatus}" for m in nieuw]
        )
    status = waarden.pop()
    uitleg = f"Volgens {nieuw[0].naam} is zij: {status}."
    return status, DOSSIERSTATUS_GEVONDEN.report(1, [idn], uitleg=uitleg)


def _compare(formulier: Manifest | None, idn: str, planstatus: str | None) -> tuple[Bevinding, ...]:
    """Lay the planstatus of the geleideformulier beside that of the plan."""
    if formulier is None or idn not in formulier.plannen:
        return ()
    daar = formulier.plannen[idn].planstatus
    verschil = daar is not None and daar.lower() != (planstatus or "").lower()
    return GELEIDEFORMULIER_VERSCHILT.report(
        int(verschil), [f"{formulier.naam}: {daar}; het plan: {planstatus or '(leeg)'}"]
    )


def _manifests(plan: Path) -> list[Manifest]:
    """Read the manifests in the folder of a plan; parts of plans are passed over by name."""
    try:
        paden = [
            pad
            for pad in plan.parent.iterdir()
            if pad.suffix.lower() == ".xml" and pad != plan and not _ONDERDEEL.match(pad.name)
        ]
    except OSError:
        return []
    paden.sort(key=lambda pad: ("manifest" not in pad.name.lower(), pad.name))
    gelezen = map(_read_if_there, paden[:_MEESTE_BESTANDEN])
    return [manifest for manifest in gelezen if manifest is not None]


def _read_if_there(pad: Path) -> Manifest | None:
    """Read a file when it is a manifest or a geleideformulier; else None."""
    try:
        feiten = pad.stat()
        if not pad.is_file() or feiten.st_size > _MEESTE_BYTES:
            return None
    except OSError:
        return None
    return _read(pad, feiten.st_mtime_ns, feiten.st_size)


@lru_cache(maxsize=64)
def _read(pad: Path, _gewijzigd: int, _grootte: int) -> Manifest | None:
    """Read a manifest; kept while the file stays as it is, for a folder full of plans."""
    try:
        if not is_stri(read_root(pad)):
            return None
    except BronError:
        # Some other XML that nobody can read is not ours to judge.
        return Manifest(pad, None, {}, beschadigd=True) if _names_stri(pad) else None
    datum: date | None = None
    plannen: dict[str, Vermelding] = {}
    try:
        for element in iter_features(pad):
            ouder = element.getparent()
            datum = datum or parse_datum(attribute(ouder.getparent(), "Datum"))
            gevonden = _mention(element, ouder)
            if gevonden is not None:
                plannen[gevonden[0]] = gevonden[1]
    except BronError:
        return Manifest(pad, datum, {}, beschadigd=True)
    return Manifest(pad, datum, plannen)


def _names_stri(pad: Path) -> bool:
    """Whether the beginning of a damaged file names STRI."""
    try:
        with pad.open("rb") as bestand:
            return _RUIMTE.encode() in bestand.read(4096)
    except OSError:
        return False


def _mention(element: Element, ouder: Element) -> tuple[str, Vermelding] | None:
    """Read one plan of a manifest: in a dossier (2012), or by itself with its properties."""
    soort, drager = local_name(element), local_name(ouder)
    if soort == "Plan" and drager == "Dossier":
        idn, status = attribute(element, "Id"), attribute(ouder, "Status")
        return (idn, Vermelding(dossierstatus=_tidy(status))) if idn else None
    if soort == "Eigenschappen" and drager == "Plan":
        idn = attribute(ouder, "Id")
        historisch = (attribute(ouder, "Historisch") or "").lower() in {"true", "1"}
        planstatus = _tidy(text(child(element, "Status")))
        return (idn, Vermelding(planstatus=planstatus, historisch=historisch)) if idn else None
    return None


def _tidy(waarde: str | None) -> str | None:
    return " ".join(waarde.split()) or None if waarde else None
