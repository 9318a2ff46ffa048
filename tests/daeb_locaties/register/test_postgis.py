"""What other programs see of a register in PostgreSQL."""

from __future__ import annotations

import shutil
import subprocess

import geopandas as gpd
import pytest
from shapely import Point
from sqlalchemy import create_engine, text

from daeb_locaties.begrippen import Planstatus
from daeb_locaties.errors import RegisterError
from daeb_locaties.register import Auteur, Register, Registerplaats, Resultaten
from daeb_locaties.register.wijzigen import end_locatie
from tests.daeb_locaties.bouwstenen import locatie, vak
from tests.daeb_locaties.register.test_register import KETEN
from tests.daeb_locaties.test_balans import oordeel_van, regel_van

pytestmark = pytest.mark.postgres


@pytest.fixture
def adres(make_database):
    """A register on the server with a vlak, a point, and one that ended."""
    adres = make_database()
    vlak, punt, weg = (
        locatie(vak(0, 0, 1, 1), id="vlak", naam="Hoflaan"),
        locatie(Point(120_500, 420_500), id="punt", naam="Kade"),
        locatie(vak(5, 5, 6, 6), id="weg"),
    )
    with Register(Registerplaats.parse(adres)) as register:
        register.put_locaties([vlak, punt, weg], wie="t", reden="t")
        end_locatie(register, "weg", 1, Auteur("Jan"), "vervallen")
        regel = regel_van(vlak, Planstatus.S2A, "9001", {})
        register.replace_resultaten(
            Resultaten([regel.koppeling], [oordeel_van(vlak, Planstatus.S2A)], [], [], KETEN)
        )
    return adres


def test_geopandas_reads_the_map_with_its_coordinate_system(adres):
    engine = create_engine(Registerplaats.parse(adres).url)
    kaart = gpd.read_postgis("SELECT * FROM locaties_kaart", engine, geom_col="geometrie_rd")
    engine.dispose()
    assert kaart.crs.to_epsg() == 28992
    rijen = kaart.set_index("id")
    assert set(rijen.index) == {"vlak", "punt"}
    assert rijen.geometrie_rd["vlak"].area == 10_000
    assert rijen.geometrie_rd["punt"] == Point(120_500, 420_500)
    assert (rijen.hardheid["vlak"], rijen.gemeentecode["vlak"]) == ("hard", "9001")


@pytest.mark.skipif(shutil.which("ogrinfo") is None, reason="geen ogrinfo op deze machine")
def test_ogrinfo_finds_the_layer_that_qgis_opens(adres, postgres_server):
    database = Registerplaats.parse(adres).url.database
    bron = f"PG:dbname={database} host={postgres_server.map} user={postgres_server.gebruiker}"
    klaar = subprocess.run(
        ["ogrinfo", "-so", bron, "locaties_kaart"], capture_output=True, text=True, check=True
    )
    assert "Feature Count: 2" in klaar.stdout
    assert "Amersfoort / RD New" in klaar.stdout
    assert "Geometry Column = geometrie_rd" in klaar.stdout


def test_geometry_is_found_through_its_spatial_index(adres):
    engine = create_engine(Registerplaats.parse(adres).url)
    with engine.connect() as verbinding:
        verbinding.execute(text("SET enable_seqscan = off"))
        plan = verbinding.execute(
            text(
                "EXPLAIN SELECT id FROM locatie "
                "WHERE geometrie_rd && ST_MakeEnvelope(0, 0, 1, 1, 28992)"
            )
        ).scalars()
        assert any("ix_locatie_geometrie_rd" in regel for regel in plan)
        soorten = verbinding.execute(
            text("SELECT f_table_name, srid FROM geometry_columns WHERE srid = 28992")
        )
        assert set(soorten) == {("locatie", 28992), ("locaties_kaart", 28992)}
    engine.dispose()


@pytest.mark.parametrize("daad", ["UPDATE gebeurtenis SET wie = 'x'", "TRUNCATE gebeurtenis"])
def test_server_itself_refuses_to_change_events(adres, daad):
    engine = create_engine(Registerplaats.parse(adres).url)
    with engine.connect() as verbinding, pytest.raises(Exception, match="niet gewijzigd"):
        verbinding.execute(text(daad))
    engine.dispose()


@pytest.mark.parametrize(
    ("anders", "melding"),
    [
        (lambda a: a.replace("/proef", "/nergens"), "bestaat niet"),
        (lambda a: a.replace("://", "://vreemde:geheim@").replace("@postgres@", "@"), "weigert"),
        (lambda _: "postgresql://jan:geheim@127.0.0.1:1/x", "niet bereikbaar"),
    ],
    ids=["geen database", "onbekende gebruiker", "geen server"],
)
def test_connection_that_fails_is_one_clear_message_without_password(adres, anders, melding):
    with pytest.raises(RegisterError, match=melding) as fout:
        Register(Registerplaats.parse(anders(adres))).locaties()
    assert "geheim" not in str(fout.value)


@pytest.mark.parametrize("adres", ["mysql://a/b", "postgresql://server", "zomaar iets", ""])
def test_address_of_something_else_is_refused(adres):
    with pytest.raises(RegisterError, match="geen adres"):
        Registerplaats.parse(adres)
