"""A register of the first version, brought up to date: nothing of it is lost."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
import shapely
from sqlalchemy import text

from daeb_locaties.begrippen import Component, Maat, Planstatus
from daeb_locaties.errors import RegisterError
from daeb_locaties.model import Aantal
from daeb_locaties.register import Auteur, Register, Registerplaats, migreren, schema
from daeb_locaties.register.bijwerken import migrate
from daeb_locaties.register.controle import check_register
from daeb_locaties.register.motor import open_engine
from daeb_locaties.register.wijzigen import Wijziging, change_locatie
from tests.daeb_locaties.bouwstenen import vak

NU = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
WKB = shapely.to_wkb(shapely.MultiPolygon([vak(0, 0, 1, 1)]))
AANTAL = {
    "component": "nieuwbouw",
    "maat": "daeb",
    "jaar": 2026,
    "waarschijnlijk": 10,
    "minimum": None,
    "maximum": 12,
}
LOCATIE = {
    "id": "a",
    "naam": "Hoflaan",
    "bron": "b",
    "bron_id": "1",
    "gemeente_opgegeven": None,
    "corporaties": ["A"],
    "aantallen": [AANTAL],
    "woningen_totaal": 30,
    "planstatus_opgegeven": "2A",
    "planstatus_tekst": "2a vastgesteld",
    "planstatus_datum": "2024-05-01",
    "plantype": None,
    "vertrouwelijkheid": None,
    "besluit": None,
}
BOD = {
    "gemeentecode": "9001",
    "volgnummer": 0,
    "gemeentenaam": "Westveld",
    "datum": None,
    "bron": "b",
    "regels": [{"component": "nieuwbouw", "maat": "daeb", "periode": "2021-2030", "aantal": 9}],
    "toelichting": None,
    "handelingsperspectief": None,
}
GEBEURTENISSEN = [
    ("locatie", "a", "opgenomen", None, LOCATIE | {"naam": "Oud", "geometrie_rd": WKB.hex()}),
    ("locatie", "a", "gewijzigd", {"naam": "Oud"}, {"naam": "Hoflaan"}),
    ("bod", "9001/0", "opgenomen", None, BOD),
]


def insert(verbinding, tabel, rij):
    cellen = {k: json.dumps(v) if isinstance(v, list | dict) else v for k, v in rij.items()}
    kolommen, waarden = ", ".join(cellen), ", ".join(f":{k}" for k in cellen)
    verbinding.execute(text(f"INSERT INTO {tabel} ({kolommen}) VALUES ({waarden})"), cellen)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def oud(request, tmp_path):
    """A register as the first version of the program left it."""
    if request.param == "sqlite":
        plaats = Registerplaats.of_file(tmp_path / "register.sqlite")
    else:
        plaats = Registerplaats.parse(request.getfixturevalue("make_bare_database")())
    engine = open_engine(plaats)
    with migreren.locked(engine) as verbinding:
        migreren.upgrade(verbinding, "0001")
        # An absent decision was written as JSON null.
        insert(verbinding, "locatie", LOCATIE | {"geometrie_rd": WKB, "besluit": "null"})
        insert(verbinding, "bod", BOD)
        for nummer, (onderwerp, id_, soort, voor, na) in enumerate(GEBEURTENISSEN, start=1):
            rij = {
                "nummer": nummer,
                "tijdstip": f"2026-01-0{nummer} 10:00:00.000000",
                "wie": "opdrachtregel",
                "onderwerp": onderwerp,
                "onderwerp_id": id_,
                "soort": soort,
                "oud": "null" if voor is None else voor,
                "nieuw": na,
                "reden": "ingelezen",
            }
            insert(verbinding, "gebeurtenis", rij)
    engine.dispose()
    return plaats


def test_old_register_is_refused_with_what_to_do(oud):
    with pytest.raises(RegisterError, match="`migreer`"):
        Register(oud).locaties()


def test_migrated_register_holds_all_that_was_in_it(oud):
    verslag = migrate(oud, NU)
    assert (verslag.van, verslag.naar, verslag.bijgewerkt) == ("0001", schema.HOOFD, True)
    with Register(oud) as register:
        (loc,) = register.locaties()
        assert (loc.naam, loc.versie, loc.woningen_totaal) == ("Hoflaan", 2, 30)
        assert loc.aantallen == (Aantal(Component.NIEUWBOUW, Maat.DAEB, 2026, 10, maximum=12),)
        assert (loc.planstatus_opgegeven, loc.besluit) == (Planstatus.S2A, None)
        assert register.biedingen()[0].netto(Maat.DAEB) == 9
        assert [g.versie for g in register.gebeurtenissen()] == [1, 2, 1]
        assert check_register(register).bevindingen == ()
        change_locatie(register, Wijziging("a", 2, {"naam": "Nieuw"}), Auteur("Jan"), "r")
        assert check_register(register).bevindingen == ()


def test_file_is_copied_before_it_is_migrated(oud):
    verslag = migrate(oud, NU)
    if oud.pad is None:
        assert verslag.kopie is None
        return
    assert verslag.kopie.name == "register-0001-20261122T120000.sqlite"
    engine = open_engine(Registerplaats.of_file(verslag.kopie))
    with engine.connect() as verbinding:
        assert migreren.read_version(verbinding) == "0001"
    engine.dispose()


def test_migrating_twice_does_nothing_and_copies_nothing(oud):
    migrate(oud, NU)
    verslag = migrate(oud, NU.replace(hour=13))
    assert (verslag.bijgewerkt, verslag.kopie) == (False, None)


def test_register_that_is_not_sound_stays_as_it_was(oud):
    engine = open_engine(oud)
    with engine.begin() as verbinding:
        verbinding.execute(text("UPDATE locatie SET naam = 'stiekem'"))
    engine.dispose()
    with pytest.raises(RegisterError, match="blijft zoals het was"):
        migrate(oud, NU)
    engine = open_engine(oud)
    with engine.connect() as verbinding:
        assert migreren.read_version(verbinding) == "0001"
    engine.dispose()


def test_newer_register_is_refused(register):
    with register.databank.writing() as verbinding:
        verbinding.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(RegisterError, match="nieuwere versie"):
        migrate(register.plaats, NU)
    with pytest.raises(RegisterError, match="nieuwere versie"):
        Register(register.plaats).locaties()


def test_register_that_is_not_there_is_not_made(tmp_path):
    plaats = Registerplaats.of_file(tmp_path / "register.sqlite")
    with pytest.raises(RegisterError, match="nog geen register"):
        migrate(plaats, NU)
    assert not plaats.pad.exists()
