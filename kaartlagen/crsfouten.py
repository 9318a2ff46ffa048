"""Why a coordinate system is refused: the messages, each with the option that says the truth."""

from __future__ import annotations

from kaartlagen.errors import CrsError
from kaartlagen.getallen import decimal

_GEWOON_RD = "Zijn het gewone RD-coördinaten, zeg dat dan met --crs EPSG:28992."


def unknown(label: str, waar: str) -> CrsError:
    """Refuse what is no CRS at all."""
    return CrsError(
        f"het coördinatenstelsel {label[:60]!r} is onbekend.",
        waar=waar,
        herstel="Geef met --crs de EPSG-code op; die van RD is EPSG:28992.",
    )


def not_read(label: str, waar: str) -> CrsError:
    """Refuse a CRS without a sure road to RD."""
    return CrsError(
        f"het coördinatenstelsel {label} wordt niet gelezen.",
        waar=waar,
        herstel="Gelezen worden RD, ETRS89 en WGS 84 (EPSG:28992, 7415, 4258, 4326, 3857, "
        "UTM). Zet het bestand om naar RD, of zeg met --crs welk van deze het is.",
    )


def bessel_without_datum(label: str, waar: str) -> CrsError:
    """Refuse degrees on Bessel's ellipsoid that may be Amersfoort, or not."""
    return CrsError(
        f"het coördinatenstelsel ({label}) noemt wel de ellipsoïde van Bessel maar niet het "
        "datum Amersfoort; zonder datum kan de ligging ruim 100 m verschuiven.",
        waar=waar,
        herstel="Zeg zelf welk stelsel het is: --crs EPSG:28992 (RD), --crs EPSG:4289 "
        "(lengte/breedte op Bessel) of --crs EPSG:4258 (ETRS89).",
    )


def rd_without_datum(label: str, waar: str) -> CrsError:
    """Refuse the projection of RD on no datum."""
    return CrsError(
        f"het coördinatenstelsel ({label}) is de kaartprojectie van RD zonder het datum "
        "Amersfoort; wie er coördinaten mee heeft omgerekend, zit ruim 100 m mis.",
        waar=waar,
        herstel=_GEWOON_RD,
    )


def rd_with_old_shift(label: str, ver_m: float, waar: str) -> CrsError:
    """Refuse RD with a datum shift that is off."""
    return CrsError(
        f"het coördinatenstelsel ({label}) is RD met een verouderde datumverschuiving; wie er "
        f"coördinaten mee heeft omgerekend, zit tot {decimal(ver_m)} m mis.",
        waar=waar,
        herstel=_GEWOON_RD,
    )


def degrees_on_amersfoort(waar: str) -> CrsError:
    """Refuse a label EPSG:4289, which is mostly put on GPS degrees by mistake."""
    return CrsError(
        "het bestand noemt EPSG:4289 (lengte en breedte op het datum Amersfoort); dat staat "
        "meestal ten onrechte op GPS-coördinaten, en dat scheelt 100 m. De getallen zelf "
        "laten het verschil niet zien.",
        waar=waar,
        herstel="Zeg welk van beide het is: --crs EPSG:4258 (GPS, ETRS89) of --crs EPSG:4289.",
    )
