"""The first tables: locatie, bod, gebeurtenis and what the chain computes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables to this version."""
    op.create_table(
        "bewijs",
        sa.Column("nummer", sa.Integer(), nullable=False),
        sa.Column("locatie_id", sa.String(length=36), nullable=False),
        sa.Column("idn", sa.Text(), nullable=False),
        sa.Column("plannaam", sa.Text(), nullable=False),
        sa.Column("type_plan", sa.Text(), nullable=True),
        sa.Column("planstatus", sa.Text(), nullable=True),
        sa.Column("dossierstatus", sa.Text(), nullable=True),
        sa.Column("datum", sa.Date(), nullable=True),
        sa.Column("object_id", sa.Text(), nullable=True),
        sa.Column("naam", sa.Text(), nullable=True),
        sa.Column("hoofdgroep", sa.Text(), nullable=True),
        sa.Column("klasse", sa.String(length=8), nullable=False),
        sa.Column("regel", sa.String(length=8), nullable=False),
        sa.Column("oppervlakte_m2", sa.Float(), nullable=False),
        sa.Column("aandeel", sa.Float(), nullable=False),
        sa.Column("bron", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("nummer"),
    )
    op.create_index(op.f("ix_bewijs_locatie_id"), "bewijs", ["locatie_id"], unique=False)
    op.create_table(
        "bod",
        sa.Column("gemeentecode", sa.String(length=4), nullable=False),
        sa.Column("volgnummer", sa.Integer(), nullable=False),
        sa.Column("gemeentenaam", sa.Text(), nullable=False),
        sa.Column("datum", sa.Date(), nullable=True),
        sa.Column("bron", sa.Text(), nullable=False),
        sa.Column("regels", sa.JSON(), nullable=False),
        sa.Column("toelichting", sa.Text(), nullable=True),
        sa.Column("handelingsperspectief", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("gemeentecode", "volgnummer"),
    )
    op.create_table(
        "dubbelpaar",
        sa.Column("eerste_id", sa.String(length=36), nullable=False),
        sa.Column("tweede_id", sa.String(length=36), nullable=False),
        sa.Column("reden", sa.Text(), nullable=False),
        sa.Column("overlap_m2", sa.Float(), nullable=False),
        sa.Column("aandeel", sa.Float(), nullable=False),
        sa.Column("apart", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("eerste_id", "tweede_id"),
    )
    op.create_table(
        "gebeurtenis",
        sa.Column("nummer", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("tijdstip", sa.DateTime(timezone=True), nullable=False, comment="UTC"),
        sa.Column("wie", sa.Text(), nullable=False),
        sa.Column("onderwerp", sa.String(length=16), nullable=False, comment="locatie of bod"),
        sa.Column("onderwerp_id", sa.Text(), nullable=False),
        sa.Column("soort", sa.String(length=16), nullable=False, comment="opgenomen of gewijzigd"),
        sa.Column("oud", sa.JSON(), nullable=True),
        sa.Column("nieuw", sa.JSON(), nullable=False),
        sa.Column("reden", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("nummer"),
    )
    op.create_index(
        "ix_gebeurtenis_onderwerp", "gebeurtenis", ["onderwerp", "onderwerp_id"], unique=False
    )
    op.create_table(
        "ketenbewijs",
        sa.Column("nummer", sa.Integer(), nullable=False),
        sa.Column("gedraaid_op", sa.DateTime(timezone=True), nullable=False, comment="UTC"),
        sa.Column("inhoud", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("nummer"),
    )
    op.create_table(
        "koppeling",
        sa.Column("locatie_id", sa.String(length=36), nullable=False),
        sa.Column("gemeentecode", sa.String(length=4), nullable=True),
        sa.Column("gemeentenaam", sa.Text(), nullable=True),
        sa.Column("aandelen", sa.JSON(), nullable=False),
        sa.Column("bod_versie", sa.Text(), nullable=True),
        sa.Column("telt_mee", sa.Boolean(), nullable=False),
        sa.Column("reden", sa.Text(), nullable=True),
        sa.Column("reden_code", sa.String(length=24), nullable=True),
        sa.Column("signalen", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("locatie_id"),
    )
    op.create_table(
        "locatie",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("naam", sa.Text(), nullable=False),
        sa.Column("geometrie_rd", sa.LargeBinary(), nullable=False, comment="WKB, EPSG:28992"),
        sa.Column("bron", sa.Text(), nullable=False),
        sa.Column("bron_id", sa.Text(), nullable=False),
        sa.Column("gemeente_opgegeven", sa.Text(), nullable=True),
        sa.Column("corporaties", sa.JSON(), nullable=False),
        sa.Column("aantallen", sa.JSON(), nullable=False),
        sa.Column("woningen_totaal", sa.Integer(), nullable=True),
        sa.Column("planstatus_opgegeven", sa.String(length=8), nullable=False),
        sa.Column("planstatus_tekst", sa.Text(), nullable=True),
        sa.Column("planstatus_datum", sa.Date(), nullable=True),
        sa.Column("plantype", sa.Text(), nullable=True),
        sa.Column("vertrouwelijkheid", sa.Text(), nullable=True),
        sa.Column("besluit", sa.JSON(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "oordeel",
        sa.Column("locatie_id", sa.String(length=36), nullable=False),
        sa.Column("planstatus_afgeleid", sa.String(length=8), nullable=False),
        sa.Column("planstatus", sa.String(length=8), nullable=False),
        sa.Column("hardheid", sa.String(length=8), nullable=False),
        sa.Column("regel", sa.String(length=8), nullable=False),
        sa.Column("regel_afleiding", sa.String(length=8), nullable=False),
        sa.Column("regelversie", sa.Text(), nullable=False),
        sa.Column("uitleg", sa.Text(), nullable=False),
        sa.Column("aandeel_hard", sa.Float(), nullable=False),
        sa.Column("aandeel_zacht", sa.Float(), nullable=False),
        sa.Column("aandeel_onbekend", sa.Float(), nullable=False),
        sa.Column("aandeel_geen_plan", sa.Float(), nullable=False),
        sa.Column("signalen", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("locatie_id"),
    )


def downgrade() -> None:
    """Bring the tables back to the version before."""
    op.drop_table("oordeel")
    op.drop_table("locatie")
    op.drop_table("koppeling")
    op.drop_table("ketenbewijs")
    op.drop_index("ix_gebeurtenis_onderwerp", table_name="gebeurtenis")
    op.drop_table("gebeurtenis")
    op.drop_table("dubbelpaar")
    op.drop_table("bod")
    op.drop_index(op.f("ix_bewijs_locatie_id"), table_name="bewijs")
    op.drop_table("bewijs")
