"""The GeoPackage for the provincie: its layers, columns, rules, style and bytes."""

from __future__ import annotations

import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from contextlib import closing
from datetime import date
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pdok import broken_rules
from rijen import (
    VIJANDIG,
    make_balans,
    make_bewijs,
    make_kop,
    make_locatie,
    make_regel,
    make_regels,
)
from shapely import MultiPolygon, Point, Polygon, box

from daeb_locaties.begrippen import Hardheid, Planstatus
from daeb_locaties.model import Balans, Besluit, LocatieRegel
from daeb_locaties.uitvoer.geopackage import export_geopackage
from daeb_locaties.uitvoer.kop import Uitvoerbestand
from kaartlagen.errors import OpslagError

ROOT = Path(__file__).parents[3]
VALIDATOR = os.environ.get("GEOPACKAGE_VALIDATOR") or shutil.which("geopackage-validator")


def export(doel: Path, regels: Sequence[LocatieRegel] | None = None) -> Uitvoerbestand:
    regels = make_regels() if regels is None else regels
    bewijs = [make_bewijs(), make_bewijs("loc-2", None)] if regels else []
    return export_geopackage(doel, regels, bewijs, make_balans(), kop=make_kop())


def rows(pad: Path, vraag: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(pad)) as db:
        return db.execute(vraag).fetchall()


def as_gpkg(geometrie: MultiPolygon) -> str:
    """Write a geometry as a GeoPackage blob without envelope, in hexadecimal."""
    return b"GP\x00\x01".hex() + (28992).to_bytes(4, "little").hex() + geometrie.wkb_hex


STRIK = MultiPolygon([Polygon([(0, 0), (10, 10), (10, 0), (0, 10)])])
KLOKSGEWIJS = MultiPolygon([box(0, 0, 10, 10, ccw=False)])


@pytest.fixture(scope="module")
def bestand(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pad = tmp_path_factory.mktemp("uitvoer") / "provincie.gpkg"
    export(pad)
    return pad


# --- layers and columns ---


def test_layers_and_counts_are_those_of_the_rows(tmp_path: Path) -> None:
    uit = export(tmp_path / "uit.gpkg")
    assert uit.lagen == {
        "locaties": 3,
        "locaties_punten": 1,
        "bewijs": 2,
        "aantallen": 12,
        "balans": 2,
        "verantwoording": 9,
    }
    assert re.fullmatch(r"[0-9a-f]{64}", uit.sha256)
    assert uit.teruggelezen_met == uit.bewijs.lezer


def test_known_values_stand_in_their_columns(bestand: Path) -> None:
    rij = rows(
        bestand,
        "SELECT plannaam, gemeente, gemeentecode, oppervlakte_m2, oppervlakte_ha, "
        "status_planologisch, planstatus_opgegeven, planstatus_afgeleid, hard_zacht, "
        "aandeel_hard, daeb_bruto, daeb_sloop, daeb_netto, doelgroepvoorraad_netto, "
        "bod_versie, telt_mee_in_bod, dubbel_met, signalen, corporatie, vertrouwelijkheid, "
        "peildatum FROM locaties WHERE locatie_id = 'loc-1'",
    )
    assert rij == [
        (
            "De Hoek", "Waterveen", "9001", 9_600.0, 0.96,
            "2A. Vastgesteld", "1A", "2A", "hard",
            0.333333, 35, 12, 23, 50,
            "aangescherpt bod 1", 1, "loc-2; loc-3", "gemeente_wijkt_af; deels_hard",
            "Woonstichting De Kade; Thuis aan Zee", "Gemeente",
            "2026-01-01",
        )
    ]  # fmt: skip


def test_unknown_is_null_and_hostile_text_is_only_text(bestand: Path) -> None:
    rij = rows(
        bestand,
        "SELECT plannaam, gemeente_opgegeven, daeb_bruto, daeb_sloop, daeb_netto, "
        "woningen_totaal, status_datum, corporatie, dubbel_met, vertrouwelijkheid "
        "FROM locaties WHERE locatie_id = 'loc-2'",
    )
    assert rij == [(VIJANDIG, *[None] * 9)]


def test_point_has_no_area(bestand: Path) -> None:
    rij = rows(bestand, "SELECT locatie_id, oppervlakte_m2, oppervlakte_ha FROM locaties_punten")
    assert rij == [("loc-4", None, None)]


def test_decision_of_the_gemeente_stands_beside_the_verdict(tmp_path: Path) -> None:
    besluit = Besluit(Planstatus.S3, "het plan is ingetrokken", date(2026, 2, 3))
    regel = make_regel(make_locatie(besluit=besluit))
    export(tmp_path / "uit.gpkg", [regel])
    assert rows(
        tmp_path / "uit.gpkg",
        "SELECT besluit_planstatus, besluit_reden, besluit_datum, planstatus_afgeleid "
        "FROM locaties",
    ) == [("3", "het plan is ingetrokken", "2026-02-03", "2A")]


def test_bewijs_is_linked_to_its_locatie(bestand: Path) -> None:
    vraag = (
        "SELECT b.locatie_id, b.idn, b.klasse, b.datum, b.momentopname "
        "FROM bewijs b JOIN locaties l USING (locatie_id) ORDER BY b.fid"
    )
    vast = ("NL.IMRO.9001.BPoost-VA01", "2A")
    assert rows(bestand, vraag) == [
        ("loc-1", *vast, "2025-02-03", "bestemmingsvlakken-1f"),
        ("loc-2", *vast, None, "bestemmingsvlakken-1f"),
    ]


def test_numbers_per_year_add_up_to_the_netto_of_the_locatie(bestand: Path) -> None:
    vraag = (
        "SELECT sum(CASE component WHEN 'sloop' THEN -waarschijnlijk ELSE waarschijnlijk END) "
        "FROM aantallen WHERE locatie_id = 'loc-1' AND maat = 'daeb'"
    )
    netto = "SELECT daeb_netto FROM locaties WHERE locatie_id = 'loc-1'"
    assert rows(bestand, vraag) == rows(bestand, netto) == [(23,)]


def test_balans_has_gemeenten_and_the_region(bestand: Path) -> None:
    vraag = "SELECT niveau, naam, bod, hard, zacht, onbekend, zonder_locatie, boven_bod FROM balans"
    assert rows(bestand, vraag) == [
        ("gemeente", "Waterveen", 100, 23, 0, 0, 77, 0),
        ("regio", "regio", 100, 23, 0, 0, 77, 0),
    ]


def test_file_says_what_it_rests_on(bestand: Path) -> None:
    assert rows(bestand, "SELECT onderwerp, naam, waarde FROM verantwoording ORDER BY fid") == [
        ("akkoord", "naam", "Akkoord Voorbeeldregio"),
        ("akkoord", "status", "tussenakkoord"),
        ("uitvoer", "peildatum", "2026-01-01"),
        ("uitvoer", "coordinatenstelsel", "EPSG:28992"),
        ("uitvoer", "gemaakt met", "daeb-locaties 0.1.0"),
        ("hardheid", "regelversie", "DIWI (2024-01-01)"),
        ("bod", "Waterveen (9001)", "aangescherpt bod 1"),
        ("momentopname", "", "plangebieden-1f"),
        ("momentopname", "", "gemeenten-2a"),
    ]


def test_empty_project_gives_empty_layers_with_all_columns(tmp_path: Path) -> None:
    leeg = Balans((), make_balans().regio)
    uit = export_geopackage(tmp_path / "uit.gpkg", [], [], leeg, kop=make_kop())
    assert uit.lagen["locaties"] == 0
    assert uit.lagen["bewijs"] == 0
    export(tmp_path / "vol.gpkg")
    for laag in ("locaties", "bewijs", "aantallen", "balans"):
        vraag = f"SELECT name, type FROM pragma_table_info('{laag}')"
        assert rows(tmp_path / "uit.gpkg", vraag) == rows(tmp_path / "vol.gpkg", vraag)


def test_points_alone_make_no_needless_empty_layer(tmp_path: Path) -> None:
    punt = make_regel(make_locatie("p", "Punt", Point(80_000, 430_000)))
    uit = export(tmp_path / "uit.gpkg", [punt])
    assert "locaties" not in uit.lagen
    assert broken_rules(tmp_path / "uit.gpkg") == {}


# --- rules of PDOK ---


def test_rules_of_pdok_hold(bestand: Path) -> None:
    assert broken_rules(bestand) == {}


@pytest.mark.parametrize(
    ("regel", "schade"),
    [
        ("RQ1", "UPDATE gpkg_contents SET table_name = 'Balans' WHERE table_name = 'balans'"),
        ("RQ2", "DELETE FROM locaties_punten"),
        ("RQ4", "CREATE VIEW kijk AS SELECT * FROM balans"),
        ("RQ6", "ALTER TABLE locaties ADD COLUMN Fout TEXT"),
        ("RQ14", "UPDATE gpkg_geometry_columns SET geometry_type_name = 'GEOMETRY'"),
        ("RQ15", "UPDATE gpkg_geometry_columns SET geometry_type_name = 'POLYGON'"),
        ("RQ22", "UPDATE gpkg_geometry_columns SET srs_id = 4326"),
        ("RQ23", f"UPDATE locaties SET geom = X'{as_gpkg(STRIK)}' WHERE fid = 1"),
        ("RQ24", "UPDATE locaties SET geom = NULL WHERE fid = 1"),
        ("RC20", f"UPDATE locaties SET geom = X'{as_gpkg(KLOKSGEWIJS)}' WHERE fid = 1"),
    ],
)
def test_each_rule_sees_its_own_fault(
    bestand: Path, tmp_path: Path, regel: str, schade: str
) -> None:
    pad = shutil.copy(bestand, tmp_path / "kapot.gpkg")
    with closing(sqlite3.connect(pad)) as db:
        # The triggers call functions that only GDAL has.
        for (naam,) in db.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        ).fetchall():
            db.execute(f'DROP TRIGGER "{naam}"')
        db.execute(schade)
        db.commit()
    assert regel in broken_rules(Path(pad))


@pytest.mark.skipif(VALIDATOR is None, reason="geopackage-validator is niet geïnstalleerd")
def test_validator_of_pdok_finds_nothing(bestand: Path) -> None:
    assert VALIDATOR is not None
    klaar = subprocess.run(
        [VALIDATOR, "validate", "--gpkg-path", str(bestand)],
        check=True,
        capture_output=True,
        env={k: w for k, w in os.environ.items() if k not in {"PYTHONPATH", "VIRTUAL_ENV"}},
    )
    verslag = json.loads(klaar.stdout)
    gedaan = set(verslag["validations_executed"])
    assert {"RQ1", "RQ2", "RQ4", "RQ6", "RQ14", "RQ15", "RQ22", "RQ23", "RQ24", "RC17"} <= gedaan
    assert verslag["results"] == []


def test_invalid_geometry_is_refused_and_the_old_file_stays(tmp_path: Path) -> None:
    pad = tmp_path / "uit.gpkg"
    export(pad)
    oud = pad.read_bytes()
    with pytest.raises(OpslagError, match="ongeldig"):
        export(pad, [make_regel(make_locatie("x", "Strik", STRIK))])
    assert pad.read_bytes() == oud
    assert [p.name for p in tmp_path.iterdir()] == ["uit.gpkg"]


# --- style ---


def test_style_tells_hard_and_zacht_apart_by_colour_pattern_and_word(bestand: Path) -> None:
    ((qml,),) = rows(bestand, "SELECT styleQML FROM layer_styles WHERE f_table_name = 'locaties'")
    stijl = ET.fromstring(str(qml))
    tekening = stijl.find("renderer-v2")
    assert tekening is not None
    assert tekening.get("attr") == "hard_zacht"
    klassen = {c.get("value"): c.get("symbol") for c in tekening.iter("category")}
    assert set(klassen) == {h.value for h in Hardheid}
    uiterlijk = {}
    for symbool in tekening.iter("symbol"):
        opties = {o.get("name"): o.get("value") for o in symbool.iter("Option") if o.get("name")}
        uiterlijk[symbool.get("name")] = (opties["color"], opties["style"])
    kleuren, patronen = zip(*(uiterlijk[nummer] for nummer in klassen.values()), strict=True)
    assert len(set(kleuren)) == 3
    assert len(set(patronen)) == 3
    tekst = next(stijl.iter("text-style"))
    assert '"hard_zacht"' in str(tekst.get("fieldName"))


def test_every_locatie_layer_has_one_default_style(bestand: Path) -> None:
    vraag = (
        "SELECT g.table_name, count(s.id) FROM gpkg_geometry_columns g LEFT JOIN layer_styles s "
        "ON s.f_table_name = g.table_name AND s.f_geometry_column = g.column_name "
        "AND s.useAsDefault = 1 GROUP BY 1 ORDER BY 1"
    )
    assert rows(bestand, vraag) == [("locaties", 1), ("locaties_punten", 1)]


# --- bytes ---

SCHRIJVER = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from rijen import make_balans, make_bewijs, make_kop, make_regels
from daeb_locaties.uitvoer.geopackage import export_geopackage
uit = export_geopackage(Path(sys.argv[2]), make_regels(), [make_bewijs()], make_balans(),
                        kop=make_kop())
print(uit.sha256)
"""


def test_two_processes_give_the_same_sha256(tmp_path: Path) -> None:
    hashes = {
        subprocess.run(
            [sys.executable, "-c", SCHRIJVER, str(Path(__file__).parent), str(tmp_path / naam)],
            cwd=ROOT,
            check=True,
            capture_output=True,
            env={**os.environ, "PYTHONHASHSEED": zaad},
        ).stdout
        for naam, zaad in (("een.gpkg", "1"), ("twee.gpkg", "2"))
    }
    assert len(hashes) == 1


def test_exporting_twice_to_one_file_gives_the_same_sha256(tmp_path: Path) -> None:
    assert export(tmp_path / "uit.gpkg") == export(tmp_path / "uit.gpkg")


# --- invariants ---

NAAM = st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), max_size=30)
VAK = st.tuples(st.integers(0, 300_000), st.integers(289_000, 629_000), st.integers(1, 500))


@settings(max_examples=15, deadline=None)
@given(st.lists(st.tuples(NAAM, VAK, st.sampled_from(Hardheid)), min_size=1, max_size=5))
def test_any_rows_keep_the_rules_and_come_back(
    tmp_path_factory: pytest.TempPathFactory,
    rijen: list[tuple[str, tuple[int, int, int], Hardheid]],
) -> None:
    regels = [
        make_regel(make_locatie(str(i), naam, MultiPolygon([box(x, y, x + d, y + d)])), hardheid)
        for i, (naam, (x, y, d), hardheid) in enumerate(rijen)
    ]
    pad = tmp_path_factory.mktemp("uit") / "uit.gpkg"
    export(pad, regels)
    assert broken_rules(pad) == {}
    terug = rows(pad, "SELECT plannaam, hard_zacht, oppervlakte_m2 FROM locaties ORDER BY fid")
    assert terug == [(naam, h.value, float(d * d)) for naam, (_, _, d), h in rijen]
