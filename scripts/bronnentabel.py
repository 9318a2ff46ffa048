"""Write docs/bronnen.md: every source, its forms, and each trap with the test that proves it.

    python scripts/bronnentabel.py

The traps are the names of the tests themselves, so that the table cannot promise more
than the suite holds; tests/scripts compares it with the tests of now.
"""

from __future__ import annotations

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TABEL = ROOT / "docs" / "bronnen.md"
_KOP = """# Sources: what is read, and which traps are proved

`kaartlagen` recognises a source by its content, reads it, says what it did, and loses nothing in
silence: rows read = rows stored + rows refused, and every refused row is in a finding. Below, per
source and form, every trap with the test that proves it (made by `scripts/bronnentabel.py`; the
real files are those of `../shared/data`). What is no source of ours is refused by name, with the
way to mend it, exit code 2, and nothing is stored.
"""

# Source, forms, and the test files that are about it.
BRONNEN: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    (
        "percelen",
        (
            "BRK kadastralekaart v3, v4, v5 GML; PDOK GeoPackage, OGC API and WFS columns; INSPIRE "
            "CadastralParcels GML; any polygon file with perceel columns"
        ),
        ("bronnen/test_percelen*.py", "bronnen/test_inspire*.py", "test_perceelplek.py"),
    ),
    (
        "imro",
        (
            "IMRO2006, 2008, 2012/1.0 and 1.1 GML: bestemmingsplannen of every type, besluiten, "
            "structuurvisies, verordeningen; STRI manifest beside the plan; TAM-omgevingsplan"
        ),
        ("bronnen/test_imro*.py", "bronnen/test_gml*.py", "bronnen/test_stri.py", "test_bogen.py"),
    ),
    (
        "ruimtelijke_plannen",
        "flat columns of PDOK, WFS and GeoPackage, in every letter case, with Shapefile cuts",
        ("bronnen/test_ruimtelijke_plannen*.py",),
    ),
    (
        "omgevingsplan",
        "STOP GIO GML, IMOW locaties, gebiedsaanwijzingen and ponsgebieden",
        ("bronnen/test_omgevingsplan*.py",),
    ),
    ("bopa", "a layer or table with geometry", ("bronnen/test_bopa*.py",)),
    (
        "gemeenten",
        "CBS and PDOK forms of every year, with and without prefix; table of predecessors",
        ("bronnen/test_gemeenten*.py", "test_voorgangers.py"),
    ),
    (
        "bag",
        "PDOK BAG light GeoPackage, WFS, BAG 2.0 extract (XML and zip)",
        ("bronnen/test_bag*.py",),
    ),
    (
        "woningbouwplannen",
        (
            "EIB, DIWI template (xlsx), Planmonitor Zuid-Holland (pzh.geojson) and Zeeland, "
            "own xlsx and csv with WKT, coordinates or perceel aanduidingen"
        ),
        (
            "bronnen/test_woningbouwplannen*.py",
            "bronnen/test_planlijst*.py",
            "bronnen/test_kolommen.py",
            "bronnen/test_tabel*.py",
            "test_kolomkeuze.py",
            "test_tabellen.py",
        ),
    ),
    ("achtergrond", "BGT and TOP10NL, GML and GeoPackage", ("bronnen/test_achtergrond*.py",)),
    (
        "every source: coordinates",
        "declared, absent, wrong and lying CRS; grids of RDNAPTRANS2018",
        ("test_crs.py", "test_ligging.py", "test_projdata.py"),
    ),
    (
        "every source: safety",
        "archives, hostile and damaged files",
        ("test_archief*.py", "test_vijandig.py", "test_bestandsvorm.py", "test_xmllezen.py"),
    ),
    (
        "every source: checks, repair and store",
        "numbered checks, repair with its area, snapshots",
        ("toetsen/test_*.py", "test_geometrie.py", "test_vlakkeuring.py", "test_opslag.py"),
    ),
    ("pdok", "OGC API Features, on command", ("pdok/test_*.py",)),
)


def format_table() -> str:
    """Return the whole document."""
    delen = [_KOP]
    for bron, vormen, patronen in BRONNEN:
        delen.append(f"\n## {bron}\n\n{vormen}.\n\n| trap | test |\n|---|---|\n")
        delen.extend(
            f"| {naam.removeprefix('test_').replace('_', ' ')} | `{pad}::{naam}` |\n"
            for pad, naam in find_tests(patronen)
        )
    return "".join(delen)


def find_tests(patronen: tuple[str, ...]) -> list[tuple[str, str]]:
    """Return file and name of every test of the patterns, in the order of the files."""
    basis = ROOT / "tests" / "kaartlagen"
    paden = sorted({pad for patroon in patronen for pad in basis.glob(patroon)})
    return [
        (pad.relative_to(basis).as_posix(), lid.name)
        for pad in paden
        for lid in ast.parse(pad.read_text(encoding="utf-8")).body
        if isinstance(lid, ast.FunctionDef) and lid.name.startswith("test_")
    ]


if __name__ == "__main__":
    TABEL.write_text(format_table(), encoding="utf-8")
