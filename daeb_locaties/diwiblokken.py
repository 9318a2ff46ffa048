"""The woningblokken of DIWI: so many homes, by date, by owner and by price.

In the Excel form a block's counts stand side by side: by date, by owner, by rent. Which
homes of one cut are which of another is not said, so a year is given to a class only where
the block has one date, or one class.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from daeb_locaties.begrippen import Component
from daeb_locaties.huurklasse import Prijsgrenzen, range_class, rent_class
from daeb_locaties.plantelling import Opmerking, Telling, Telt, Woningregel, count_lines
from kaartlagen.bronnen.telwaarden import whole
from kaartlagen.datums import parse_datum

Blok = Mapping[str, Any]
_Klasse = tuple[Telt, Telt]
"""Is it DAEB, and is it in the doelgroepvoorraad?"""

_OPEN: _Klasse = (Telt.ONBEKEND, Telt.ONBEKEND)
_KOOP: _Klasse = (Telt.NIET, Telt.ONBEKEND)
_CORPORATIE = "HUURWONING_WONINGCORPORATIE"
_PARTICULIER = "HUURWONING_PARTICULIERE_VERHUURDER"


def count_blocks(blokken: Iterable[Blok], grenzen: Prijsgrenzen) -> Telling:
    """Count the blocks of a project in the Excel form (`woningblokken`)."""
    regels: list[Woningregel] = []
    gezegd: set[Opmerking] = set()
    for blok in blokken:
        for component, kort, sectie in (
            (Component.NIEUWBOUW, "Woning aantallen/Bouw", "Bouw gegevens/"),
            (Component.SLOOP, "Woning aantallen/Sloop", "Sloop gegevens/"),
        ):
            cellen = {
                sleutel.removeprefix(sectie): aantal
                for sleutel, waarde in blok.items()
                if sleutel.startswith(sectie) and (aantal := whole(waarde)) is not None
            }
            klassen = _classes(cellen, whole(blok.get(kort)), grenzen, gezegd)
            regels += _dated(component, klassen, _dates(cellen))
    return count_lines(regels, gezegd)


def count_geojson_blocks(blokken: Iterable[Blok], grenzen: Prijsgrenzen) -> Telling:
    """Count the blocks of a project in DIWI's GeoJSON (`woning_blokken`)."""
    regels: list[Woningregel] = []
    gezegd: set[Opmerking] = set()
    for blok in blokken:
        mutatie = _object(blok.get("mutatiegegevens"))
        aantal = whole(mutatie.get("aantal"))
        component = {"CONSTRUCTION": Component.NIEUWBOUW, "DEMOLITION": Component.SLOOP}.get(
            str(mutatie.get("mutatie_type"))
        )
        if component is None or not aantal:
            continue
        datum = parse_datum(blok.get("einddatum"))
        jaar = datum.year if datum else None
        klasse = _owner_class(mutatie, blok.get("waarde"), grenzen, jaar)
        if klasse[0] is Telt.ONBEKEND:
            gezegd.add(Opmerking.PRIJS_ONBEKEND)
        regels.append(Woningregel(component, jaar, abs(aantal), *klasse))
    return count_lines(regels, gezegd)


def _classes(
    cellen: Mapping[str, int],
    geheel: int | None,
    grenzen: Prijsgrenzen,
    gezegd: set[Opmerking],
) -> dict[_Klasse, int]:
    """Divide the homes of a block over classes; what is not told apart is open."""
    jaren = {jaar for jaar, _ in _dates(cellen)}
    jaar = jaren.pop() if len(jaren) == 1 else None
    corporatie = _rents(cellen, "woningcorporatie", grenzen, jaar)
    particulier = _rents(cellen, "particuliere verhuurder", grenzen, jaar)
    koop = cellen.get("Koopwoning", 0)
    eigenaars = {
        "corporatie": cellen.get("Huur woningcorporatie", sum(corporatie.values())),
        "particulier": cellen.get("Particuliere verhuurder", sum(particulier.values())),
        "onbekend": cellen.get("Eigendom type onbekend", 0),
    }
    som = koop + sum(eigenaars.values())
    uit: dict[_Klasse, int] = {}
    strijdig = geheel is not None and som > geheel
    for eigenaar, prijzen in (("corporatie", corporatie), ("particulier", particulier)):
        bekend = sum(n for telt, n in prijzen.items() if telt is not Telt.ONBEKEND)
        if bekend > eigenaars[eigenaar]:
            strijdig = True
        for telt in (Telt.WEL, Telt.NIET):
            daeb = telt if eigenaar == "corporatie" else Telt.NIET
            _add(uit, (daeb, telt), prijzen.get(telt, 0))
        rest = eigenaars[eigenaar] - bekend
        _add(uit, _OPEN if eigenaar == "corporatie" else (Telt.NIET, Telt.ONBEKEND), rest)
        if eigenaar == "corporatie" and rest > 0:
            gezegd.add(Opmerking.PRIJS_ONBEKEND)
    _add(uit, _KOOP, koop)
    _add(uit, _OPEN, eigenaars["onbekend"] + max(0, (geheel or som) - som))
    if strijdig:
        gezegd.add(Opmerking.STRIJDIG)
        return {_OPEN: geheel or som}
    return uit


def _add(klassen: dict[_Klasse, int], klasse: _Klasse, aantal: int) -> None:
    if aantal > 0:
        klassen[klasse] = klassen.get(klasse, 0) + aantal


def _rents(
    cellen: Mapping[str, int], eigenaar: str, grenzen: Prijsgrenzen, jaar: int | None
) -> dict[Telt, int]:
    """Add up the homes of one kind of landlord by what their rents are."""
    uit: dict[Telt, int] = {}
    for sleutel, aantal in cellen.items():
        kop, teken, label = sleutel.partition("/")
        if teken and kop in {f"Huurprijs {eigenaar}", f"Huurprijs {eigenaar} categorie"}:
            telt = rent_class(label, grenzen, jaar)
            uit[telt] = uit.get(telt, 0) + aantal
    return uit


def _dates(cellen: Mapping[str, int]) -> list[tuple[int, int]]:
    """Give the homes of a block by year."""
    uit: dict[int, int] = {}
    for sleutel, aantal in cellen.items():
        kop, _, label = sleutel.partition("/")
        datum = parse_datum(label) if kop == "Opleverdatum" else None
        jaar = datum.year if datum else whole(label) if kop == "Opleverdatum" else None
        if jaar is not None and aantal > 0:
            uit[jaar] = uit.get(jaar, 0) + aantal
    return sorted(uit.items())


def _dated(
    component: Component, klassen: Mapping[_Klasse, int], jaren: list[tuple[int, int]]
) -> list[Woningregel]:
    """Give each class its year, where the block leaves no doubt about it."""
    geheel = sum(klassen.values())
    gedateerd = sum(aantal for _, aantal in jaren)
    if len(jaren) == 1 and gedateerd == geheel:
        return [Woningregel(component, jaren[0][0], n, *k) for k, n in klassen.items()]
    if len(klassen) == 1 and gedateerd <= geheel:
        klasse = next(iter(klassen))
        delen: list[tuple[int | None, int]] = [*jaren, (None, geheel - gedateerd)]
        return [Woningregel(component, jaar, aantal, *klasse) for jaar, aantal in delen]
    return [Woningregel(component, None, n, *k) for k, n in klassen.items()]


def _owner_class(mutatie: Blok, waarde: object, grenzen: Prijsgrenzen, jaar: int | None) -> _Klasse:
    """Tell the class of a block of one kind of owner; of more the numbers are not given."""
    waarden = [_object(deel) for deel in waarde] if isinstance(waarde, list) else [_object(waarde)]
    if len(waarden) != 1:
        return _OPEN
    prijs = waarden[0]
    categorie = str(prijs.get("categorie") or "")
    eigenaar = str(mutatie.get("eigendom_type") or categorie)
    if eigenaar == "KOOPWONING":
        return _KOOP
    if eigenaar not in {_CORPORATIE, _PARTICULIER}:
        return _OPEN
    telt = rent_class(categorie, grenzen, jaar)
    if telt is Telt.ONBEKEND:
        telt = range_class(_number(prijs.get("laag")), _number(prijs.get("hoog")), grenzen, jaar)
    return (telt if eigenaar == _CORPORATIE else Telt.NIET, telt)


def _object(waarde: object) -> Blok:
    return waarde if isinstance(waarde, dict) else {}


def _number(waarde: object) -> float | None:
    return (
        float(waarde) if isinstance(waarde, int | float) and not isinstance(waarde, bool) else None
    )
