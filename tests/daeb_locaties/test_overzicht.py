"""What lists and pages read: the same rows and figures, by page or all at once."""

from __future__ import annotations

from dataclasses import replace

import pytest

from daeb_locaties.akkoord import Akkoord
from daeb_locaties.balans import compute_balans
from daeb_locaties.begrippen import Hardheid, Maat, Paaroordeel
from daeb_locaties.keten import ensure_beoordeeld
from daeb_locaties.koppelen.bod import current_biedingen
from daeb_locaties.model import Paarbesluit
from daeb_locaties.overzicht import (
    NIET_BEOORDEELD,
    read_balans,
    read_balansdelen,
    read_lijst,
    read_regels,
)
from daeb_locaties.project import Project
from daeb_locaties.register import Auteur, Lijstvraag, Register
from daeb_locaties.register.paren import decide_pair
from kaartlagen.inname import ingest
from kaartlagen.opslag import LaagOpslag
from tests.daeb_locaties.bouwstenen import locatie, vak
from tests.daeb_locaties.test_balans import bod_van
from tests.daeb_locaties.test_cli import gemeentebestand  # noqa: F401  (fixture)

JAN = Auteur("Jan Smit")


@pytest.fixture
def project(registerplaats, tmp_path, gemeentebestand):  # noqa: F811
    """Fifteen locaties in two gemeenten and outside, two of them on the same ground."""
    with Project(
        tmp_path, Akkoord(), LaagOpslag(tmp_path / "lagen"), Register(registerplaats)
    ) as project:
        ingest([gemeentebestand], project.lagen)
        locaties = [
            locatie(
                vak(n - 4, 2 * (n % 2), n - 3, 2 * (n % 2) + 1),
                ("2A", "4B", "onbekend")[n % 3],
                id=f"id-{n:02}",
                naam=("Kade", "Élan", "dijk", "Meent")[n % 4],
                daeb=n,
                jaar=2026 + n % 3,
                corporaties=(("A",), ("B",), ("A", "B"))[n % 3],
            )
            for n in range(14)
        ]
        dubbel = replace(locaties[3], id="id-99", bron_id="x", corporaties=("C",))
        project.register.put_locaties([*locaties, dubbel], wie="t", reden="t")
        project.register.put_biedingen([bod_van("9001", 50)], wie="t", reden="t")
        ensure_beoordeeld(project)
        yield project


def test_pages_together_are_the_list(project):
    alle = read_regels(project)
    paginas = [read_lijst(project, Lijstvraag(vanaf, 4)) for vanaf in range(0, 20, 4)]
    assert {pagina.totaal for pagina in paginas} == {len(alle)} == {15}
    assert [regel for pagina in paginas for regel in pagina.regels] == list(alle)
    assert any(regel.dubbel_met for regel in alle)


@pytest.mark.parametrize(
    ("vraag", "past"),
    [
        (Lijstvraag(gemeentecode="9001"), lambda r: r.koppeling.gemeentecode == "9001"),
        (Lijstvraag(hardheid=Hardheid.HARD), lambda r: r.oordeel.hardheid is Hardheid.HARD),
        (Lijstvraag(hardheid=Hardheid.ONBEKEND), lambda r: r.oordeel.hardheid.value == "onbekend"),
        (Lijstvraag(zoek="KAD"), lambda r: r.locatie.naam == "Kade"),
        (Lijstvraag(zoek="%"), lambda r: False),
    ],
)
def test_filter_keeps_what_it_says(project, vraag, past):
    verwacht = [regel for regel in read_regels(project) if past(regel)]
    pagina = read_lijst(project, vraag)
    assert (list(pagina.regels), pagina.totaal) == (verwacht, len(verwacht))


def test_locatie_after_the_last_run_is_on_the_list_without_verdict(project):
    project.register.put_locaties([locatie(id="nieuw", naam="Zeedijk")], wie="t", reden="t")
    (regel,) = read_lijst(project, Lijstvraag(zoek="zeedijk", hardheid=Hardheid.ONBEKEND)).regels
    assert regel.oordeel.uitleg == NIET_BEOORDEELD


@pytest.mark.parametrize("maat", list(Maat))
def test_balans_of_stored_sums_is_that_of_every_locatie(project, maat):
    biedingen = current_biedingen(project.register.biedingen(), project.akkoord)
    los = compute_balans(read_regels(project), biedingen, project.akkoord, maat=maat)
    assert read_balans(project, maat=maat) == los


@pytest.mark.parametrize("per", ["periode", "jaar", "corporatie"])
def test_parts_of_the_balans_hold_its_homes(project, per):
    regio = read_balans(project).regio
    delen = [deel for deel in read_balansdelen(project, per) if deel.gemeentecode is None]
    assert sum(deel.hard for deel in delen) == regio.hard > 0


def test_decision_on_a_pair_moves_its_homes_and_sticks(project):
    voor = read_balans(project).regio
    assert voor.dubbel == 3
    besluit = Paarbesluit("id-03", "id-99", Paaroordeel.VERSCHILLEND, "twee gebouwen")
    decide_pair(project.register, besluit, JAN)
    ensure_beoordeeld(project)
    na = read_balans(project).regio
    assert na.dubbel == 0
    assert na.hard + na.zacht + na.onbekend == voor.hard + voor.zacht + voor.onbekend + 3
    assert not any(
        regel.dubbel_met for regel in read_regels(project) if regel.locatie.id == "id-99"
    )


def test_part_of_the_homes_that_both_hold_is_set_aside(project):
    besluit = Paarbesluit("id-03", "id-99", Paaroordeel.DEELS, "de hoek", daeb_dubbel=2)
    decide_pair(project.register, besluit, JAN)
    ensure_beoordeeld(project)
    assert read_balans(project).regio.dubbel == 2
