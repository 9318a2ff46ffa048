"""The gesprek: meetings, agenda, threads, standpunten, frozen peildata and their assessment."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables to this version."""
    _meetings()
    _peildata()


def _id(naam: str = "id") -> sa.Column[str]:
    return sa.Column(naam, sa.String(length=36), nullable=False)


def _text(naam: str, *, leeg: bool = False) -> sa.Column[str]:
    return sa.Column(naam, sa.Text(), nullable=leeg)


def _kort(naam: str, lengte: int = 16, *, leeg: bool = False) -> sa.Column[str]:
    return sa.Column(naam, sa.String(length=lengte), nullable=leeg)


def _lijst(naam: str) -> sa.Column[object]:
    return sa.Column(naam, sa.JSON(), nullable=False)


def _versie() -> sa.Column[int]:
    return sa.Column("versie", sa.Integer(), nullable=False)


def _meetings() -> None:
    op.create_table(
        "gesprek",
        _id(),
        _kort("gemeentecode", 4),
        _kort("soort"),
        sa.Column("nummer", sa.Integer(), nullable=False),
        sa.Column("datum", sa.Date(), nullable=False),
        _lijst("deelnemers"),
        sa.Column("afgesloten", sa.Boolean(), nullable=False),
        _versie(),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "agendapunt",
        _id(),
        _kort("gemeentecode", 4),
        _kort("soort"),
        _text("titel"),
        _text("toelichting", leeg=True),
        _lijst("locatie_ids"),
        _lijst("knelpunten"),
        _text("ingebracht_door", leeg=True),
        _lijst("dragers"),
        _kort("gesprek_id", 36, leeg=True),
        _text("volgende_stap", leeg=True),
        _text("aan_zet", leeg=True),
        sa.Column("uiterlijk", sa.Date(), nullable=True),
        _text("uitkomst", leeg=True),
        _kort("status"),
        _kort("herkomst"),
        _versie(),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "reactie",
        _id(),
        _id("onderwerp_id"),
        _text("partij"),
        _text("tekst"),
        _kort("antwoord_op", 36, leeg=True),
        sa.Column("opgelost", sa.Boolean(), nullable=False),
        _versie(),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "standpunt",
        _id(),
        _id("locatie_id"),
        _text("partij"),
        _kort("waarde"),
        _text("toelichting", leeg=True),
        _versie(),
        sa.PrimaryKeyConstraint("id"),
    )
    for tabel, kolom in (
        ("gesprek", "gemeentecode"),
        ("agendapunt", "gemeentecode"),
        ("reactie", "onderwerp_id"),
        ("standpunt", "locatie_id"),
    ):
        op.create_index(f"ix_{tabel}_{kolom}", tabel, [kolom])


def _peildata() -> None:
    op.create_table(
        "peildatum",
        _id(),
        sa.Column("datum", sa.Date(), nullable=False),
        _text("naam"),
        _kort("sha256", 64),
        _text("akkoord"),
        _text("regelversie"),
        sa.Column("locaties", sa.Integer(), nullable=False),
        _versie(),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "peildatuminhoud",
        _kort("sha256", 64),
        sa.Column("inhoud", sa.LargeBinary(), nullable=False, comment="JSON, zlib"),
        sa.PrimaryKeyConstraint("sha256"),
    )
    op.create_table(
        "indiening",
        _id(),
        _id("peildatum_id"),
        _kort("gemeentecode", 4),
        sa.Column("datum", sa.Date(), nullable=False),
        _text("toelichting", leeg=True),
        _versie(),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_indiening_gemeentecode", "indiening", ["gemeentecode"])
    op.create_table(
        "beoordeling",
        _id(),
        _id("indiening_id"),
        _id("locatie_id"),
        _kort("uitkomst"),
        _text("motief"),
        _kort("instrument", 16, leeg=True),
        _versie(),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_beoordeling_indiening_id", "beoordeling", ["indiening_id"])
