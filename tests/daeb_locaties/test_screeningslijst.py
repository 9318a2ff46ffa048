"""The read model of the screening: gemeenten by inner point, and a key that knows changes."""

import geopandas as gpd
from shapely import box

from daeb_locaties.project import Project
from daeb_locaties.screeningslijst import _with_gemeente, read_screening, screening_key

GRENZEN = gpd.GeoDataFrame(
    {"gemeentecode": ["9001", "9002"], "gemeentenaam": ["Westveld", "Oostveld"]},
    geometry=[box(0, 0, 10, 10), box(10, 0, 20, 10)],
    crs=28992,
)


def link(*vormen, grenzen=GRENZEN):
    frame = gpd.GeoDataFrame({"perceel_id": range(len(vormen))}, geometry=list(vormen), crs=28992)
    return _with_gemeente(frame, grenzen)["gemeentenaam"].tolist()


def test_parcel_belongs_to_the_gemeente_of_its_inner_point():
    assert link(box(1, 1, 2, 2), box(9, 1, 13, 2), box(30, 1, 31, 2)) == [
        "Westveld",
        "Oostveld",
        None,
    ]


def test_inner_point_on_a_border_gives_one_gemeente_the_first():
    assert link(box(9, 1, 11, 2)) == ["Westveld"]


def test_without_gemeenten_every_gemeente_is_unknown():
    assert link(box(1, 1, 2, 2), grenzen=GRENZEN.iloc[:0]) == [None]


def test_project_without_percelen_gives_no_rows_but_every_column(project_map):
    with Project.open(project_map) as project:
        uit = read_screening(project)
    assert len(uit) == 0
    assert {"screening", "kandidaat", "gemeentecode", "gemeentenaam"} <= set(uit.columns)


def test_key_changes_with_the_rules_of_the_akkoord(project_map):
    project_map.mkdir()
    with Project.open(project_map) as project:
        eerst = screening_key(project)
    (project_map / "akkoord.toml").write_text(
        '[akkoord]\nnaam = "X"\nstatus = "tussenakkoord"\nbegin = 2021\neind = 2030\n'
        "[screening]\nmin_oppervlakte_m2 = 400\n",
        encoding="utf-8",
    )
    with Project.open(project_map) as project:
        assert screening_key(project) != eerst
