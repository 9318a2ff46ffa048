"""State is what the events say: whatever people do, replaying gives what the tables hold."""

from __future__ import annotations

import contextlib
import tempfile
from dataclasses import replace
from datetime import date
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from daeb_locaties.begrippen import Component, Maat, Paaroordeel, Planstatus
from daeb_locaties.errors import DaebError
from daeb_locaties.model import Aantal, Besluit, Paarbesluit
from daeb_locaties.register import Auteur, Register, schema
from daeb_locaties.register.naspelen import replay
from daeb_locaties.register.onderwerpen import ONDERWERPEN
from daeb_locaties.register.paren import decide_pair
from daeb_locaties.register.samenvoegen import merge_locaties
from daeb_locaties.register.schrijven import add_digests, digest
from daeb_locaties.register.splitsen import split_locatie
from daeb_locaties.register.terugdraaien import undo
from daeb_locaties.register.velden import differ
from daeb_locaties.register.vragen import ask
from daeb_locaties.register.wijzigen import (
    Wijziging,
    change_locatie,
    end_locatie,
    override_verdict,
)
from daeb_locaties.register.zegel import BEGIN, seal
from tests.daeb_locaties.bouwstenen import locatie, vak
from tests.daeb_locaties.register.test_splitsen import lijn
from tests.daeb_locaties.test_balans import bod_van

JAN = Auteur("Jan Smit", "gemeente Schiedam")
NAMEN = st.sampled_from(["Oost", "West", "Noord"])


def check(register):
    """Prove that seals, state and digest are what the events say."""
    with register.databank.reading() as verbinding:
        gebeurtenissen = ask(
            verbinding, select(schema.gebeurtenis).order_by(schema.gebeurtenis.c.nummer)
        )
        zegel = BEGIN
        for nummer, gebeurtenis in enumerate(gebeurtenissen, start=1):
            zegel = seal(gebeurtenis, zegel)
            assert (gebeurtenis["nummer"], gebeurtenis["zegel"]) == (nummer, zegel)
        toestand = replay(gebeurtenissen)
        sommen = []
        for onderwerp in ONDERWERPEN.values():
            for rij in ask(verbinding, select(onderwerp.tabel)):
                nagespeeld = toestand.pop((onderwerp.naam, onderwerp.key(rij)))
                velden = onderwerp.to_velden(rij)
                assert differ(velden, nagespeeld.velden) == []
                assert rij["versie"] == nagespeeld.versie
                assert rij.get("bronwaarden") == nagespeeld.bronwaarden
                sommen.append(digest(onderwerp, onderwerp.key(rij), velden))
        assert toestand == {}
        stand = ask(verbinding, select(schema.stand))[0]
    assert (stand["nummer"], stand["zegel"]) == (len(gebeurtenissen), zegel)
    assert stand["invoer"] == add_digests(sommen)


def put(register, naam, jaar):
    loc = replace(locatie(vak(0, 0, 3, 1), id="a", jaar=jaar), naam=naam)
    register.put_locaties([loc, locatie(vak(3, 0, 4, 1), id="b")], wie="bron", reden="lezen")


def change(register, naam, getal):
    versie = register.locatie("a").versie
    sleutel = (Component.SLOOP, Maat.DAEB, 2026 + getal % 3)
    aantallen = {sleutel: Aantal(*sleutel, getal) if getal else None}
    basis = max(1, versie - getal % 2)
    change_locatie(register, Wijziging("a", basis, {"naam": naam}, aantallen), JAN, "r")


def decide(register, naam, getal):
    oordeel = list(Paaroordeel)[getal % 3]
    decide_pair(register, Paarbesluit("a", "b", oordeel, naam, versie=getal % 4), JAN)


def override(register, naam, getal):
    versie = register.locatie("a").versie
    besluit = None if getal % 2 else Besluit(Planstatus.S3, naam, date(2026, 1, 1))
    override_verdict(register, "a", versie, besluit, JAN, "r")


def split(register, naam, getal):
    split_locatie(register, "a", register.locatie("a").versie, lijn((1, -1), (1, 2)), JAN, naam)


def merge(register, naam, getal):
    levend = register.locaties()[:2]
    merge_locaties(
        register, {loc.id: loc.versie for loc in levend}, JAN, "r", {"naam": naam, "besluit": None}
    )


def end(register, naam, getal):
    end_locatie(register, "a", register.locatie("a").versie, JAN, naam)


def turn_back(register, naam, getal):
    undo(register, max(1, register.laatste_gebeurtenis() - getal % 3), JAN, naam)


def bid(register, naam, getal):
    register.put_biedingen([bod_van("9001", getal)], wie="bron", reden=naam)


def read(register, naam, getal):
    put(register, naam, 2026 + getal % 2)


DADEN = st.sampled_from([change, decide, override, split, merge, end, turn_back, bid, read])


@settings(max_examples=40)
@given(st.lists(st.tuples(DADEN, NAMEN, st.integers(0, 12)), max_size=14))
def test_state_is_what_the_events_say_whatever_people_do(daden):
    with tempfile.TemporaryDirectory() as map_, Register(Path(map_) / "r.sqlite") as register:
        put(register, "Oost", 2026)
        for daad, naam, getal in daden:
            with contextlib.suppress(DaebError):
                daad(register, naam, getal)
        check(register)


def test_state_is_what_the_events_say_on_both_databases(register):
    put(register, "Oost", 2026)
    for daad in (change, decide, override, read, bid, split, turn_back, end, turn_back, merge):
        daad(register, "West", 2)
    check(register)
    assert len(register.gebeurtenissen()) > 15


def test_same_content_gives_the_same_digest_whatever_the_way(register):
    put(register, "Oost", 2026)
    voor = register.invoer_sha256()
    change(register, "West", 2)
    assert register.invoer_sha256() != voor
    undo(register, register.laatste_gebeurtenis(), JAN, "terug")
    assert register.invoer_sha256() == voor
