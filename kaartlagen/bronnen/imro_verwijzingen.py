"""Which object belongs to which plan, and speaks of which others: the links between objects."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from kaartlagen.bronnen.imro_klassen import PLANLAAG
from kaartlagen.bronnen.imro_objecten import Planobject, is_idn
from kaartlagen.controles import OBJECT_ZONDER_PLAN, Bevinding
from kaartlagen.imrocontroles import PLAN_ELDERS, PLAN_ENIG, VERWIJZING_ELDERS


@dataclass(frozen=True, slots=True)
class Adresboek:
    """The objects of a file by their `gml:id`, and the plans among them."""

    versie: str
    objecten: Mapping[str, Planobject]
    plannen: Mapping[str, object]

    @classmethod
    def of(cls, versie: str, objecten: Sequence[Planobject]) -> Adresboek:
        """Make the book of all objects of a file; a plan is known by `gml:id` and by idn."""
        per_id = {lid.gml_id: lid for lid in objecten if lid.gml_id is not None}
        plannen: dict[str, object] = {}
        for lid in objecten:
            if lid.laag == PLANLAAG and lid.kolommen["idn"]:
                idn = str(lid.kolommen["idn"])
                plannen[idn] = idn
                if lid.gml_id is not None:
                    plannen[lid.gml_id] = idn
        return cls(versie, per_id, plannen)

    @property
    def enige(self) -> object:
        """The idn of the only plan in the file; None when there are more, or none."""
        idns = set(self.plannen.values())
        return next(iter(idns)) if len(idns) == 1 else None


@dataclass(slots=True)
class Rijen:
    """The rows of one layer with their references filled in, and what that showed.

    `rijen` has one row per object, its `idn` None where no plan could be found.
    """

    rijen: list[dict[str, object]] = field(default_factory=list)
    bevindingen: tuple[Bevinding, ...] = ()


def link_rows(objecten: Sequence[Planobject], boek: Adresboek) -> Rijen:
    """Fill in the references of the objects of one layer, which may point anywhere."""
    uit = Rijen()
    elders: list[object] = []
    enig: list[object] = []
    kwijt: list[str] = []
    for lid in objecten:
        if lid.laag == PLANLAAG:
            uit.rijen.append(dict(lid.kolommen))
            continue
        idn, hoe = _plan_of(lid, boek)
        (elders if hoe == "elders" else enig if hoe == "enig" else []).append(
            idn if hoe == "elders" else lid.kolommen["object_id"]
        )
        kwijt += [doel for doel in lid.vlak_verwijzingen if doel not in boek.objecten]
        vlakken = [_object_id(doel, boek) for doel in lid.vlak_verwijzingen]
        uit.rijen.append(
            {
                **lid.kolommen,
                "idn": idn,
                "bestemmingsvlakken": json.dumps(vlakken, ensure_ascii=False),
            }
        )
    wezen = [rij["object_id"] for rij in uit.rijen if not rij["idn"]]
    uit.bevindingen = (
        *OBJECT_ZONDER_PLAN.report(len(wezen), wezen),
        *PLAN_ELDERS.report(len(elders), dict.fromkeys(elders)),
        *PLAN_ENIG.report(len(enig), enig),
        *VERWIJZING_ELDERS.report(len(kwijt), dict.fromkeys(kwijt)),
    )
    return uit


def _plan_of(lid: Planobject, boek: Adresboek) -> tuple[object, str]:
    """Find the plan of an object, and say how it was found.

    By its own link, else by the object that it lies in (a besluitsubvlak in its
    besluitvlak), else it is the only plan of the file: IMRO has one plan per file.
    """
    gezien: set[str | None] = set()
    huidig: Planobject | None = lid
    while huidig is not None and huidig.gml_id not in gezien:
        gezien.add(huidig.gml_id)
        verwijzing = huidig.plan_verwijzing
        if verwijzing is not None:
            if verwijzing in boek.plannen:
                return boek.plannen[verwijzing], "hier"
            if is_idn(verwijzing, boek.versie):
                return verwijzing, "elders"
            return boek.enige, "enig" if boek.enige else "nergens"
        huidig = next(
            (boek.objecten[doel] for doel in huidig.vlak_verwijzingen if doel in boek.objecten),
            None,
        )
    return boek.enige, "hier"


def _object_id(doel: str, boek: Adresboek) -> object:
    lid = boek.objecten.get(doel)
    return doel if lid is None else lid.kolommen.get("object_id") or doel
