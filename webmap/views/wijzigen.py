"""Changing locaties: fields, division, merging, ending, and decisions on pairs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, jsonify, request

from daeb_locaties.begrippen import Component, Maat, Paaroordeel, Planstatus
from daeb_locaties.keuzelijsten import KEUZELIJSTEN
from daeb_locaties.model import Paarbesluit
from daeb_locaties.register import Register
from daeb_locaties.register.paren import decide_pair
from daeb_locaties.register.samenvoegen import merge_locaties
from daeb_locaties.register.splitsen import split_locatie
from daeb_locaties.register.wijzigen import (
    Uitkomst,
    Wijziging,
    change_locatie,
    end_locatie,
)
from webmap.errors import VerzoekError
from webmap.invoer import (
    LOCATIEVELDEN,
    read_aantallen,
    read_begrip,
    read_delen,
    read_json,
    read_lijn,
    read_text,
    read_velden,
    read_versie,
    read_versies,
    read_vlakken,
)
from webmap.schrijfwerk import perform, require_locatie
from webmap.views.ik import auteur, describe_keuzes
from webmap.views.sessie import gegevens
from webmap.views.stroom import zender

wijzigen = Blueprint("wijzigen", __name__, url_prefix="/api")

_GEWIJZIGD = "gewijzigd op de kaart"
_PAAR = frozenset(
    {"eerste_id", "tweede_id", "oordeel", "reden", "blijft_id", "daeb_dubbel", "versie"}
)


@wijzigen.get("/keuzes")
def list_keuzes() -> Response:
    """Send the words that a form offers."""
    lijsten = {
        naam: [{"waarde": woord, "label": woord} for woord in woorden]
        for naam, woorden in KEUZELIJSTEN.items()
    }
    return jsonify(
        **lijsten,
        component=describe_keuzes(Component),
        maat=describe_keuzes(Maat),
        planstatus=describe_keuzes(Planstatus),
        corporaties=[corporatie.naam for corporatie in gegevens().akkoord.corporaties],
    )


@wijzigen.patch("/locaties/<locatie_id>")
def change(locatie_id: str) -> Response:
    """Change fields of a locatie beside what others changed; `If-Match` says since when.

    Raises
    ------
    ConflictError
        When somebody else gave one of the fields another value since.
    VoorwaardeError
        When the version is missing.
    """
    wie = auteur()
    versie = read_versie(request.headers.get("If-Match"))
    inhoud = read_json(request.get_data(), LOCATIEVELDEN)
    wijziging = Wijziging(
        require_locatie(gegevens(), locatie_id).id,
        versie,
        read_velden(inhoud),
        read_aantallen(inhoud.get("aantallen", [])),
    )
    reden = _read_reason(inhoud, _GEWIJZIGD)
    return _carry_out(lambda register: change_locatie(register, wijziging, wie, reden))


@wijzigen.post("/locaties/<locatie_id>/splits")
def split(locatie_id: str) -> Response:
    """Split a locatie along a `lijn` or by `vlakken`.

    Raises
    ------
    ConflictError, VoorwaardeError
        When it changed since the version that was seen, or no version was given.
    """
    wie = auteur()
    versie = read_versie(request.headers.get("If-Match"))
    inhoud = read_json(request.get_data(), {"lijn", "vlakken", "delen", "reden"})
    if ("lijn" in inhoud) is ("vlakken" in inhoud):
        raise VerzoekError("Geef een lijn of vlakken om langs te splitsen.")
    snede = read_lijn(inhoud["lijn"]) if "lijn" in inhoud else read_vlakken(inhoud["vlakken"])
    delen = read_delen(inhoud.get("delen", []))
    reden = _read_reason(inhoud, "gesplitst op de kaart")
    require_locatie(gegevens(), locatie_id)
    return _carry_out(
        lambda register: split_locatie(register, locatie_id, versie, snede, wie, reden, delen)
    )


@wijzigen.post("/locaties/samenvoegen")
def merge() -> Response:
    """Merge locaties, by the `versies` that were seen; `velden` settle what they differ in.

    Raises
    ------
    ConflictError
        When one of them changed since.
    """
    wie = auteur()
    inhoud = read_json(request.get_data(), {"versies", "reden", *LOCATIEVELDEN})
    versies = read_versies(inhoud.get("versies"))
    velden = read_velden(inhoud)
    if "aantallen" in inhoud:
        gegeven = read_aantallen(inhoud["aantallen"]).values()
        velden["aantallen"] = tuple(aantal for aantal in gegeven if aantal)
    reden = _read_reason(inhoud, "samengevoegd op de kaart")
    for id_ in versies:
        require_locatie(gegevens(), id_)
    return _carry_out(lambda register: merge_locaties(register, versies, wie, reden, velden))


@wijzigen.post("/locaties/<locatie_id>/einde")
def end(locatie_id: str) -> Response:
    """End a locatie, with a reason; it stays readable and counts nowhere.

    Raises
    ------
    ConflictError, VoorwaardeError
        When it changed since the version that was seen, or no version was given.
    """
    wie = auteur()
    versie = read_versie(request.headers.get("If-Match"))
    reden = _read_reason(read_json(request.get_data(), {"reden"}), "")
    require_locatie(gegevens(), locatie_id)
    return _carry_out(lambda register: end_locatie(register, locatie_id, versie, wie, reden))


@wijzigen.post("/dubbelparen")
def decide() -> Response:
    """Decide on two locaties that may hold the same homes.

    Raises
    ------
    ConflictError
        When somebody else decided otherwise since.
    """
    wie = auteur()
    inhoud = read_json(request.get_data(), _PAAR)
    ids = [read_text(inhoud.get(naam), naam) or "" for naam in ("eerste_id", "tweede_id")]
    locaties = tuple(require_locatie(gegevens(), id_) for id_ in ids)
    besluit = Paarbesluit(
        ids[0],
        ids[1],
        read_begrip(Paaroordeel, inhoud.get("oordeel"), "oordeel"),
        _read_reason(inhoud, ""),
        read_text(inhoud.get("blijft_id"), "blijft_id"),
        _read_whole(inhoud.get("daeb_dubbel"), "daeb_dubbel"),
        _read_whole(inhoud.get("versie"), "versie") or 0,
    )
    return _carry_out(lambda register: Uitkomst(decide_pair(register, besluit, wie), locaties))


def _carry_out(actie: Callable[[Register], Uitkomst]) -> Response:
    return jsonify(perform(gegevens(), actie, zender().notify))


def _read_reason(inhoud: dict[str, Any], anders: str) -> str:
    return read_text(inhoud.get("reden"), "reden") or anders


def _read_whole(waarde: Any, naam: str) -> int | None:
    if waarde is not None and (isinstance(waarde, bool) or not isinstance(waarde, int)):
        raise VerzoekError(f"'{naam}' is geen geheel getal.")
    return waarde
