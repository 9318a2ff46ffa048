from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from shapely import Point

from daeb_locaties.begrippen import Planstatus
from daeb_locaties.errors import RegisterError
from daeb_locaties.model import Besluit, Bewijs, Dubbelpaar, GemeenteAandeel
from daeb_locaties.register import Ketenbewijs, Register, Resultaten, migreren, schema
from tests.daeb_locaties.bouwstenen import locatie, vak
from tests.daeb_locaties.test_balans import bod_van, oordeel_van, regel_van

KETEN = Ketenbewijs(
    gedraaid_op=datetime(2024, 1, 1, tzinfo=UTC),
    versie="0.1",
    regelversie="r",
    akkoord="a",
    akkoord_sha256="s",
    invoer_sha256="i",
    momentopnamen={"m": "x"},
    tellingen={"n": 1},
    seconden={"s": 0.1},
    ontbreekt=(),
)


def zet(register, *locaties):
    return register.put_locaties(locaties, wie="Jan", reden="test")


def test_locaties_come_back_as_they_were_put(register):
    alle = [
        locatie(id="a", corporaties=("Woonstee",), jaar=2026),
        replace(
            locatie(Point(1, 2), "4B", id="b", daeb=None),
            besluit=Besluit(Planstatus.S3, "Reden.", date(2024, 1, 2)),
            planstatus_datum=date(2023, 5, 1),
        ),
    ]
    zet(register, *alle)
    assert register.locaties() == tuple(alle)


def test_every_change_is_one_event_with_only_what_changed(register):
    zet(register, locatie(id="a"))
    verslag = zet(register, locatie(id="a", naam="Nieuw"), locatie(id="b"))
    assert (verslag.opgenomen, verslag.gewijzigd, verslag.gelijk) == (1, 1, 0)
    eerste, tweede = register.gebeurtenissen("a")
    assert (eerste.soort, eerste.oud, eerste.wie) == ("opgenomen", None, "Jan")
    assert (tweede.oud, tweede.nieuw) == ({"naam": "Hoflaan"}, {"naam": "Nieuw"})
    assert tweede.tijdstip.tzinfo is UTC


def test_reading_the_same_again_changes_nothing(register):
    zet(register, locatie(id="a"))
    voor = register.invoer_sha256()
    verslag = zet(register, locatie(id="a"))
    assert (verslag.gelijk, len(register.gebeurtenissen())) == (1, 1)
    assert register.invoer_sha256() == voor


def test_geometry_change_is_an_event_too(register):
    zet(register, locatie(id="a"))
    zet(register, locatie(vak(0, 0, 1, 2), id="a"))
    assert list(register.gebeurtenissen("a")[1].nieuw) == ["geometrie_rd"]


def test_besluit_survives_reading_the_planlijst_again(register):
    besluit = Besluit(Planstatus.S3, "Reden.", date(2024, 1, 2))
    zet(register, replace(locatie(id="a"), besluit=besluit))
    zet(register, locatie(id="a", naam="Nieuw"))
    (loc,) = register.locaties()
    assert (loc.naam, loc.besluit) == ("Nieuw", besluit)


def test_write_that_fails_half_way_leaves_nothing(register):
    met_fout = replace(locatie(id="b"), planstatus_opgegeven=Planstatus.S2A, naam=None)
    with pytest.raises(RegisterError, match="weigert"):
        zet(register, locatie(id="a"), met_fout)
    assert register.locaties() == ()
    assert register.gebeurtenissen() == ()


def test_biedingen_keep_their_versions(register):
    biedingen = (bod_van("9001", 10), bod_van("9001", 12, versie=1), bod_van("9002", 3))
    register.put_biedingen(biedingen, wie="Jan", reden="test")
    assert register.biedingen() == biedingen


def test_resultaten_are_replaced_as_a_whole(register):
    loc = locatie(id="a")
    regel = regel_van(loc, Planstatus.S2A, "9001", {})
    koppeling = replace(regel.koppeling, aandelen=(GemeenteAandeel("9001", "W", 1.0),))
    bewijs = Bewijs(
        "a", "NL.IMRO.1", "Plan", None, "vastgesteld", None, date(2020, 1, 1), "o", "Wonen",
        "wonen", Planstatus.S2A, "G01", 10.0, 0.5, "m",
    )  # fmt: skip
    paar = Dubbelpaar("a", "b", "zelfde grond", 1.0, 0.5, apart=True)
    vol = Resultaten([koppeling], [oordeel_van(loc, Planstatus.S2A)], [bewijs], [paar], KETEN)
    register.replace_resultaten(vol)
    assert register.koppelingen() == {"a": koppeling}
    assert register.oordelen() == {"a": vol.oordelen[0]}
    assert (register.bewijs("a"), register.bewijs("b")) == ((bewijs,), ())
    assert register.dubbelparen() == (paar,)
    assert register.ketenbewijs() == KETEN
    register.replace_resultaten(Resultaten([], [], [], [], replace(KETEN, versie="0.2")))
    assert (register.koppelingen(), register.bewijs()) == ({}, ())
    assert register.ketenbewijs().versie == "0.2"


def test_file_that_is_no_register_is_refused(tmp_path):
    (tmp_path / "register.sqlite").write_text("geen database, wel tekst " * 100)
    with pytest.raises(RegisterError, match="geen register of is beschadigd"):
        Register(tmp_path / "register.sqlite").locaties()


@pytest.mark.filterwarnings("ignore:Did not recognize type 'geometry'")
def test_migrations_make_the_tables_of_the_schema(register):
    def ours(object_, naam, soort, *_):
        # PostGIS has a table of its own, and its index on geometry is not for SQLite.
        return naam not in {"spatial_ref_sys", "ix_locatie_geometrie_rd"}

    opties = {"include_object": ours, "compare_type": False}
    with register.databank.reading() as verbinding:
        verschil = compare_metadata(
            MigrationContext.configure(verbinding, opts=opties), schema.metadata
        )
    assert verschil == []


def test_the_newest_migration_is_the_one_that_a_register_must_be_at():
    assert ScriptDirectory.from_config(migreren._config()).get_current_head() == schema.HOOFD
