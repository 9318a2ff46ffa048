"""A new layer says which locaties it touches: the report since a peildatum."""

from __future__ import annotations

import json
from datetime import date

import pytest
from click.testing import CliRunner

from daeb_locaties.cli.hoofd import groep
from daeb_locaties.project import Project
from daeb_locaties.verschil import compare_oordelen
from kaartlagen.inname import ingest
from tests.daeb_locaties.bouwstenen import Plannen, locatie, vak

HEEL = vak(0, 0, 1, 1)
BP = "NL.IMRO.9001.BP1"


@pytest.fixture
def project(tmp_path):
    """Two locaties; an ontwerp under one of them since May 2023, vastgesteld in May 2024."""
    with Project.open(tmp_path / "project") as project:
        stappen = (
            ("ontwerp", f"{BP}-ON01", date(2023, 5, 1)),
            ("vastgesteld", f"{BP}-VA01", date(2024, 5, 1)),
        )
        for planstatus, idn, dag in stappen:
            plan = Plannen().plan(
                idn,
                [("Wonen", "wonen", HEEL)],
                planstatus=planstatus,
                datum=dag.isoformat(),
                naam="Molenveld",
            )
            pad = tmp_path / f"{planstatus}.gpkg"
            for laag, frame in plan.frames().items():
                frame.to_file(pad, layer=laag, engine="pyogrio")
            ingest([pad], project.lagen, peildatum=dag)
        project.register.put_locaties(
            [
                locatie(HEEL, id="a", naam="Hoflaan"),
                locatie(vak(5, 5, 6, 6), id="b", naam="Elders"),
            ],
            wie="test",
            reden="test",
        )
        yield project


def test_the_report_names_locatie_verdicts_and_plan(project):
    (anders,) = compare_oordelen(project, date(2023, 12, 1))
    assert anders.locatie.naam == "Hoflaan"
    assert (anders.oud.planstatus.value, anders.nieuw.planstatus.value) == ("3", "2A")
    assert [rij.idn for rij in anders.gekomen] == [f"{BP}-VA01"]
    assert [rij.idn for rij in anders.gegaan] == [f"{BP}-ON01"]
    for deel in ("zacht (3)", "hard (2A)", "Molenveld", "vastgesteld op 1 mei 2024"):
        assert deel in anders.zin


def test_before_the_first_plan_nothing_was_known(project):
    (anders,) = compare_oordelen(project, date(2020, 1, 1))
    assert anders.oud.planstatus.value == "onbekend"
    assert anders.gegaan == ()


def test_since_the_newest_layer_nothing_changed(project):
    assert compare_oordelen(project, date(2024, 5, 1)) == ()


def test_the_command_prints_the_report(project, tmp_path):
    opdracht = ["--project", str(tmp_path / "project"), "verschil", "--sinds", "2023-12-01"]
    uitkomst = CliRunner().invoke(groep, [*opdracht, "--json"])
    (rij,) = json.loads(uitkomst.stdout)["verschillen"]
    assert (rij["oud"]["hardheid"], rij["nieuw"]["hardheid"]) == ("zacht", "hard")
    assert rij["plannen_gekomen"] == [f"{BP}-VA01"]
    tekst = CliRunner().invoke(groep, opdracht).stdout
    assert "1 locatie heeft een ander oordeel" in tekst
