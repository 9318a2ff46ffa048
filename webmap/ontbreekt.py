"""What the project still lacks, said once at the top of the page, with the way to mend it."""

from __future__ import annotations

from dataclasses import dataclass

from webmap.gegevens import Gegevens


@dataclass(frozen=True, slots=True)
class Gemis:
    """One thing that is missing: what it means for the page, and the command that adds it."""

    uitleg: str
    opdracht: str


_LAGEN = (
    (
        "gemeenten",
        "Er zijn geen gemeentegrenzen: van een locatie is de gemeente niet bekend.",
        "daeb-locaties laag inlezen BESTAND --soort gemeenten",
    ),
    (
        "bestemmingsvlakken",
        "Er zijn geen bestemmingsplannen: de opgegeven planstatus staat alleen.",
        "daeb-locaties laag inlezen PLAN.gml",
    ),
    (
        "percelen",
        "Er zijn geen percelen: de kaart toont geen kadastrale grenzen.",
        "daeb-locaties laag inlezen kadastralekaart_perceel.gml",
    ),
)


_SCREENING = (
    (
        "percelen",
        "Er zijn geen percelen: er is niets om te screenen.",
        "daeb-locaties laag inlezen kadastralekaart_perceel.gml",
    ),
    (
        "bestemmingsvlakken",
        "Er zijn geen bestemmingsplannen: van geen perceel is bekend wat er mag.",
        "daeb-locaties laag inlezen PLAN.gml",
    ),
    (
        "gemeenten",
        "Er zijn geen gemeentegrenzen: van een perceel is de gemeente niet bekend.",
        "daeb-locaties laag inlezen BESTAND --soort gemeenten",
    ),
    (
        "verblijfsobjecten",
        "Er zijn geen verblijfsobjecten (BAG): of er al woningen staan, is niet bekend.",
        "daeb-locaties laag inlezen BESTAND --soort verblijfsobjecten",
    ),
)


def find_screeninggemis(gegevens: Gegevens) -> tuple[Gemis, ...]:
    """List what the screening lacks, the most telling first; empty when all is there."""
    return tuple(
        Gemis(uitleg, opdracht)
        for laag, uitleg, opdracht in _SCREENING
        if gegevens.laagomvang(laag)[0] == 0
    )


def find_gemis(gegevens: Gegevens, aantal_locaties: int) -> tuple[Gemis, ...]:
    """List what is missing, the most telling first; empty when all is there."""
    gevonden: list[Gemis] = []
    if not aantal_locaties:
        gevonden.append(
            Gemis(
                "Er zijn nog geen locaties: de lijst en de balans zijn leeg.",
                "daeb-locaties locatie inlezen PLANLIJST",
            )
        )
    if not gegevens.biedingen():
        gevonden.append(
            Gemis(
                "Er is geen bod: er is niets om de locaties mee te vergelijken.",
                "daeb-locaties bod inlezen BESTAND.csv",
            )
        )
    if not gegevens.akkoord.aanwezig:
        gevonden.append(
            Gemis("Er is geen akkoord: gemeenten en doelen zijn niet afgesproken.", "akkoord.toml")
        )
    for laag, uitleg, opdracht in _LAGEN:
        if gegevens.laagomvang(laag)[0] == 0:
            gevonden.append(Gemis(uitleg, opdracht))
    if aantal_locaties and gegevens.keten() is None:
        gevonden.append(Gemis("De locaties zijn nog niet beoordeeld.", "daeb-locaties beoordeel"))
    return tuple(gevonden)
