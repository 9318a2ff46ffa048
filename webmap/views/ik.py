"""Who one is: a name and a party, chosen once and kept in the signed cookie of the session.

On a laptop at the table this is a word, no proof: it says on whose behalf something is
written, as the minutes of a meeting do.
"""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, jsonify, request, session

from daeb_locaties.begrippen import Begrip
from daeb_locaties.errors import GesprekError
from daeb_locaties.gesprek import Partij, parse_partij
from daeb_locaties.gespreksbegrippen import Partijsoort
from daeb_locaties.register import Auteur
from webmap.errors import WieOnbekendError
from webmap.gegevens import Gegevens
from webmap.invoer import read_json, read_text
from webmap.views.sessie import gegevens

ik = Blueprint("ik", __name__, url_prefix="/api/ik")

_LANGSTE_NAAM = 60


@ik.get("")
def show_ik() -> Response:
    """Send who the browser says to be, and the parties that can be chosen."""
    return jsonify(_describe(gegevens()))


@ik.put("")
def set_ik() -> Response:
    """Note name and party.

    Raises
    ------
    GesprekError
        When the name is missing, or the party is none of the akkoord.
    """
    bron = gegevens()
    inhoud = read_json(request.get_data(), {"naam", "partij"})
    naam = read_text(inhoud.get("naam"), "naam")
    if naam is None or len(naam) > _LANGSTE_NAAM or not naam.isprintable():
        raise GesprekError(
            "uw naam ontbreekt of is te lang.", herstel="Schrijf uw naam zoals in het verslag."
        )
    partij = parse_partij(read_text(inhoud.get("partij"), "partij") or "", bron.akkoord)
    session["naam"], session["partij"] = naam, str(partij)
    return jsonify(_describe(bron))


@ik.delete("")
def forget_ik() -> Response:
    """Forget who this was."""
    session.clear()
    return jsonify(_describe(gegevens()))


def auteur() -> Auteur:
    """Return on whose behalf this request writes.

    Raises
    ------
    WieOnbekendError
        When nobody has said so yet.
    """
    naam, partij = session.get("naam"), session.get("partij")
    if not naam or not partij:
        raise WieOnbekendError(
            "U hebt nog niet gezegd wie u bent.",
            herstel="Kies bovenaan de pagina uw naam en partij; daarna kunt u opslaan.",
        )
    return Auteur(naam, partij)


def make_partijen(bron: Gegevens) -> list[dict[str, str]]:
    """Return the parties at the table, as the register names them and as people do."""
    partijen = [
        *((Partij(Partijsoort.GEMEENTE, rij.gemeentecode or ""), rij.naam)
          for rij in bron.balans().gemeenten),
        *((Partij(Partijsoort.CORPORATIE, c.naam), c.naam) for c in bron.akkoord.corporaties),
        (Partij(Partijsoort.PROVINCIE), ""),
    ]  # fmt: skip
    return [
        {"waarde": str(partij), "label": f"{partij.soort.label} {naam}".strip()}
        for partij, naam in partijen
    ]


def describe_keuzes(soort: type[Begrip]) -> list[dict[str, str]]:
    """Return a list of words as choices."""
    return [{"waarde": lid.value, "label": lid.label} for lid in soort]


def _describe(bron: Gegevens) -> dict[str, Any]:
    return {
        "naam": session.get("naam"),
        "partij": session.get("partij"),
        "partijen": make_partijen(bron),
    }
