"""A whole gespreksronde: agenda, meeting, minutes, frozen December, indiening and assessment."""

from __future__ import annotations

import json
from datetime import date

import pytest
from click.testing import CliRunner

from daeb_locaties.bevriezen import freeze, read_frozen
from daeb_locaties.cli.hoofd import groep
from daeb_locaties.errors import GesprekError
from daeb_locaties.gesprek import Agendapunt, Partij, Reactie, Standpunt, parse_partij
from daeb_locaties.gespreksbegrippen import (
    Agendastatus,
    Instrument,
    Partijsoort,
    Standpuntwaarde,
    Toetsuitkomst,
)
from daeb_locaties.gespreksronde import (
    assess,
    close_gesprek,
    close_punt,
    fill_agenda,
    make_verslag,
    put_standpunt,
    start_gesprek,
    submit,
)
from daeb_locaties.project import Project
from daeb_locaties.register import Auteur, ConflictError
from daeb_locaties.register.gesprekken import put_values, read_values
from kaartlagen.inname import ingest
from tests.daeb_locaties.bouwstenen import gemeenten, locatie, vak

AN = Auteur("An", "gemeente 9001")
GEMEENTE, PROVINCIE = Partij(Partijsoort.GEMEENTE, "9001"), Partij(Partijsoort.PROVINCIE)
AKKOORD = """
[akkoord]
naam = "Testakkoord"
status = "tussenakkoord"
begin = 2021
eind = 2030

[[gemeenten]]
code = "9001"
naam = "Westveld"

[[corporaties]]
naam = "Woonstee"
gemeenten = ["9001"]
"""


@pytest.fixture
def project(tmp_path):
    """A gemeente with a locatie without a number, and one with a declared status."""
    map_ = tmp_path / "project"
    map_.mkdir()
    (map_ / "akkoord.toml").write_text(AKKOORD, encoding="utf-8")
    grens = gemeenten(("9001", "Westveld", vak(0, 0, 20, 20))).drop(columns="momentopname")
    grens.to_file(tmp_path / "gemeenten.gpkg", engine="pyogrio")
    with Project.open(map_) as project:
        ingest([tmp_path / "gemeenten.gpkg"], project.lagen)
        locaties = [
            locatie(id="a", naam="Hoflaan", daeb=None, opgegeven="2A"),
            locatie(vak(5, 5, 6, 6), id="b", naam="Molenveld", opgegeven="2A"),
        ]
        project.register.put_locaties(locaties, wie="test", reden="test")
        yield project


def test_filling_the_agenda_twice_changes_nothing(project):
    een = fill_agenda(project, AN)
    assert [punt.titel for punt in een.nieuw] == ["Aantal DAEB onbekend: Hoflaan"]
    twee = fill_agenda(project, AN)
    assert (twee.nieuw, twee.anders, twee.zonder_oorzaak) == ((), (), ())


def test_a_point_whose_cause_is_gone_is_named_and_stays_open(project):
    fill_agenda(project, AN)
    project.register.put_locaties(
        [locatie(id="a", naam="Hoflaan", daeb=12, opgegeven="2A")], wie="test", reden="aangevuld"
    )
    (punt,) = fill_agenda(project, AN).zonder_oorzaak
    assert punt.status is Agendastatus.OPEN


def test_rounds_follow_each_other_and_one_is_closed_before_the_next(project):
    start = start_gesprek(project, "9001", date(2026, 9, 1), [GEMEENTE, PROVINCIE], AN)
    assert (start.soort.value, start.nummer) == ("startgesprek", 0)
    with pytest.raises(GesprekError, match="nog niet gesloten"):
        start_gesprek(project, "9001", date(2026, 10, 1), [], AN)
    close_gesprek(project, start.id, AN)
    ronde = start_gesprek(project, "9001", date(2026, 10, 1), [GEMEENTE], AN)
    assert (ronde.soort.value, ronde.nummer) == ("ronde", 1)
    with pytest.raises(GesprekError, match="hoort niet bij het akkoord"):
        start_gesprek(project, "7777", date(2026, 10, 1), [], AN)


def test_the_minutes_hold_points_remarks_standpunten_and_actions(project):
    fill_agenda(project, AN)
    gesprek = start_gesprek(project, "9001", date(2026, 9, 1), [GEMEENTE], AN)
    (punt,) = read_values(project.register, Agendapunt)
    stap = Agendapunt(
        id="hand", gemeentecode="9001", soort=punt.soort, titel="Grond",
        volgende_stap="taxeren", aan_zet="corporatie Woonstee", uiterlijk=date(2026, 12, 1),
    )  # fmt: skip
    put_values(project.register, [stap], AN, "ingebracht")
    put_values(
        project.register, [Reactie("r", punt.id, "provincie", "Wij vragen het na.")], AN, "reactie"
    )
    put_standpunt(project, Standpunt("a", str(PROVINCIE), Standpuntwaarde.GEZIEN), AN)
    close_punt(project, punt, "twaalf woningen", AN, gesprek.id)
    verslag = make_verslag(project, gesprek.id)
    assert [p.uitkomst for p in verslag.punten] == ["twaalf woningen"]
    assert [r.tekst for r in verslag.reacties] == ["Wij vragen het na."]
    assert [s.waarde for s in verslag.standpunten] == [Standpuntwaarde.GEZIEN]
    assert [(a.wat, a.wie) for a in verslag.acties] == [("taxeren", "corporatie Woonstee")]


def test_a_point_is_not_closed_without_an_outcome(project):
    fill_agenda(project, AN)
    (punt,) = read_values(project.register, Agendapunt)
    with pytest.raises(GesprekError, match="uitkomst"):
        close_punt(project, punt, "  ", AN)


def test_a_frozen_state_stays_when_the_register_goes_on(project):
    dag = date(2026, 12, 1)
    bevroren, is_nieuw = freeze(project, dag, "December", AN, "decemberoverzicht")
    assert is_nieuw
    assert freeze(project, dag, "December", AN, "nog eens") == (bevroren, False)
    project.register.put_locaties(
        [locatie(id="b", naam="Anders", opgegeven="4B")], wie="test", reden="gewijzigd"
    )
    later, _ = freeze(project, dag, "December", AN, "opnieuw")
    assert later.sha256 != bevroren.sha256
    namen = [rij["locatie"]["naam"] for rij in read_frozen(project, bevroren)["locaties"]]
    assert namen == ["Hoflaan", "Molenveld"]


def test_the_gemeente_submits_and_the_provincie_assesses(project):
    bevroren, _ = freeze(project, date(2026, 12, 1), "December", AN, "decemberoverzicht")
    with pytest.raises(GesprekError, match="de gemeente zelf"):
        submit(project, bevroren.id, "9001", PROVINCIE, date(2026, 12, 2), AN)
    indiening = submit(project, bevroren.id, "9001", GEMEENTE, date(2026, 12, 2), AN)
    toets = (indiening.id, "b")
    with pytest.raises(GesprekError, match="Dat doet de provincie"):
        assess(project, *toets, GEMEENTE, Toetsuitkomst.AANVAARD, "past", AN)
    with pytest.raises(GesprekError, match="motief"):
        assess(project, *toets, PROVINCIE, Toetsuitkomst.AANVAARD, " ", AN)
    assess(project, *toets, PROVINCIE, Toetsuitkomst.AANHOUDEN, "ligt buiten", AN, Instrument.RO)
    with pytest.raises(ConflictError, match="ligt buiten"):
        assess(project, *toets, PROVINCIE, Toetsuitkomst.AANVAARD, "past toch", AN)
    assess(project, *toets, PROVINCIE, Toetsuitkomst.AANVAARD, "past toch", AN, versie=1)


@pytest.mark.parametrize(
    ("tekst", "deel"),
    [
        ("rijk", "geen partij"),
        ("gemeente", "geen partij"),
        ("provincie Zuid", "geen partij"),
        ("gemeente 7777", "9001"),
        ("corporatie Rust", "Woonstee"),
    ],
)
def test_a_party_outside_the_akkoord_is_refused(project, tekst, deel):
    with pytest.raises(GesprekError, match=deel):
        parse_partij(tekst, project.akkoord)


def test_a_round_on_the_command_line(project, tmp_path):
    def call(*woorden):
        uit = CliRunner().invoke(groep, ["--project", str(tmp_path / "project"), *woorden])
        assert uit.exception is None, uit.exception
        return uit.stdout

    begonnen = call(
        "gesprek", "begin", "9001", "--datum", "2026-09-01", "--deelnemer", "gemeente 9001"
    )
    gesprek_id = begonnen.strip().rsplit(" ", 1)[1]
    (punt,) = json.loads(call("agenda", "vul", "--json"))["nieuw"]
    call(
        "agenda", "nieuw", "9001", "Kabel", "--soort", "belemmering", "--knelpunt", "netcongestie",
        "--stap", "bellen", "--aan-zet", "gemeente 9001", "--partij", "corporatie Woonstee",
    )  # fmt: skip
    call("agenda", "rond", punt["id"], "--uitkomst", "twaalf", "--gesprek", gesprek_id)
    call("standpunt", "a", "corporatie Woonstee", "akkoord")
    call("standpunt", "a", "corporatie Woonstee", "niet_akkoord", "--toelichting", "toch niet")
    verslag = json.loads(call("gesprek", "verslag", gesprek_id, "--json"))
    assert verslag["acties"][0]["wie"] == "gemeente 9001"
    assert verslag["standpunten"][0]["waarde"] == "niet_akkoord"
    assert "bellen (gemeente 9001" in call("gesprek", "verslag", gesprek_id)
    bevroren = json.loads(call("peildatum", "bevries", "--datum", "2026-12-01", "--json"))
    assert len(json.loads(call("peildatum", "toon", bevroren["id"]))["inhoud"]["locaties"]) == 2
    ingediend = call(
        "indienen", bevroren["id"], "9001", "--datum", "2026-12-02", "--partij", "gemeente 9001"
    )
    indiening_id = ingediend.strip().rsplit(" ", 1)[1]
    call("toets", indiening_id, "b", "--uitkomst", "aanvaard", "--motief", "past")
    call("gesprek", "sluit", gesprek_id)
    assert json.loads(call("gesprek", "lijst", "--json"))["gesprekken"][0]["afgesloten"] is True
    (open_,) = json.loads(call("agenda", "lijst", "--json"))["agendapunten"]
    assert open_["titel"] == "Kabel"
