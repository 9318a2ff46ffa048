"""A zip file on the command line: every file in it is told of, and the exit code says the rest."""

from __future__ import annotations

import json
import sys
import zipfile

import pytest

from daeb_locaties.cli import main
from tests.kaartlagen.maken import VIERKANT, plan, write_geojson, write_imro, write_vector


@pytest.fixture
def inlezen(tmp_path, monkeypatch, capfdbinary):
    """Call `laag inlezen` on a zip of some files; return exit code, stdout and stderr."""

    def call(leden, *woorden):
        pad = tmp_path / "levering.zip"
        with zipfile.ZipFile(pad, "w") as archief:
            for naam, lid in leden.items():
                archief.writestr(naam, lid)
        argv = ["daeb-locaties", "--project", str(tmp_path / "p"), "laag", "inlezen", str(pad)]
        monkeypatch.setattr(sys, "argv", [*argv, *woorden])
        with pytest.raises(SystemExit) as einde:
            main()
        uit, fout = capfdbinary.readouterr()
        return einde.value.code, uit.decode("utf-8"), fout.decode("utf-8")

    return call


@pytest.fixture
def leden(tmp_path):
    kolommen = {"plannaam": ["Hof"], "planstatus": ["1A"]}
    rij = {"plannaam": "Ver", "planstatus": "1A"}
    return {
        "goed.gpkg": write_vector(tmp_path / "a.gpkg", [VIERKANT], kolommen).read_bytes(),
        "plan.gml": write_imro(tmp_path / "a.gml", plan()).read_bytes(),
        "fout.geojson": write_geojson(tmp_path / "a.geojson", [VIERKANT], [rij]).read_bytes(),
        "toelichting.pdf": b"%PDF-1.7",
    }


def test_what_can_be_read_is_read_and_the_rest_is_told(inlezen, leden):
    code, uit, fout = inlezen(leden, "--json")
    assert code == 1
    verslag = json.loads(uit)
    assert {laag["bestand"] for laag in verslag["lagen"]} == {
        "levering.zip/goed.gpkg", "levering.zip/plan.gml",
    }  # fmt: skip
    (geweigerd,) = verslag["geweigerde_bestanden"]
    assert geweigerd["melding"].startswith("levering.zip/fout.geojson")
    assert "--crs EPSG:28992" in geweigerd["melding"]
    (over,) = verslag["overgeslagen_bestanden"]
    assert over["bestand"].endswith("levering.zip/toelichting.pdf")
    assert "Traceback" not in fout


def test_documents_beside_data_are_no_refusal(inlezen, leden):
    del leden["fout.geojson"]
    code, uit, _ = inlezen(leden)
    assert code == 0
    assert "Overgeslagen" in uit
    assert "levering.zip/toelichting.pdf" in uit
    assert "levering.zip/goed.gpkg" in uit


def test_an_unsafe_zip_is_refused_as_a_whole(inlezen, leden):
    code, uit, fout = inlezen(leden | {"../weg.gml": b"<a/>"})
    assert code == 2
    assert "buiten de map" in fout
    assert uit == ""
