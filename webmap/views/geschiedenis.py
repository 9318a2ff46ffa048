"""What happened to a locatie, in sentences, and taking it back."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify, request

from daeb_locaties.register import Gebeurtenis, Register
from daeb_locaties.register.geschiedenis import read_history
from daeb_locaties.register.nieuws import read_since
from daeb_locaties.register.terugdraaien import undo
from daeb_locaties.register.wijzigen import Uitkomst
from webmap.invoer import read_json, read_text
from webmap.schrijfwerk import perform, require_locatie
from webmap.views.ik import auteur
from webmap.views.sessie import gegevens
from webmap.views.stroom import zender

geschiedenis = Blueprint("geschiedenis", __name__, url_prefix="/api")


@geschiedenis.get("/locaties/<locatie_id>/geschiedenis")
def show_geschiedenis(locatie_id: str) -> Response:
    """Send everything that happened to a locatie, ended or not, newest first."""
    bron = gegevens()
    locatie = require_locatie(bron, locatie_id)
    regels = [
        {
            "nummer": regel.gebeurtenis.nummer,
            "tijdstip": regel.gebeurtenis.tijdstip.isoformat(),
            "soort": regel.gebeurtenis.soort,
            "wie": regel.gebeurtenis.wie,
            "partij": regel.gebeurtenis.partij,
            "zin": regel.zin,
        }
        for regel in reversed(read_history(bron.register, locatie_id))
    ]
    return jsonify({"id": locatie.id, "naam": locatie.naam, "regels": regels})


@geschiedenis.post("/gebeurtenissen/<int:nummer>/terugdraaien")
def take_back(nummer: int) -> Response:
    """Reverse an event; of a split or a merge all of it.

    Raises
    ------
    ConflictError
        When somebody built on it since.
    """
    wie = auteur()
    inhoud = read_json(request.get_data(), {"reden"})
    reden = read_text(inhoud.get("reden"), "reden") or "teruggedraaid op de kaart"

    def reverse(register: Register) -> Uitkomst:
        nummers = undo(register, nummer, wie, reden)
        ids = _locaties_of(read_since(register, nummers[0] - 1))
        locaties = (register.locatie(id_) for id_ in ids)
        return Uitkomst(nummers[0], tuple(loc for loc in locaties if loc is not None))

    return jsonify(perform(gegevens(), reverse, zender().notify))


def _locaties_of(gebeurtenissen: tuple[Gebeurtenis, ...]) -> list[str]:
    """Return the ids of the locaties among events, each once."""
    ids = (g.onderwerp_id for g in gebeurtenissen if g.onderwerp == "locatie")
    return list(dict.fromkeys(ids))
