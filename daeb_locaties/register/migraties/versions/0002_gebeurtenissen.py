"""Events with party, version and seal; versions and lineage of a locatie; PostGIS geometry."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_BEGIN = "0" * 64
_VELDEN = (
    "nummer", "wie", "partij", "onderwerp", "onderwerp_id", "versie", "soort", "oud", "nieuw",
    "reden", "handeling", "herroept",
)  # fmt: skip
_WEIGERING = "gebeurtenissen worden niet gewijzigd of verwijderd"


def upgrade() -> None:
    """Bring the tables to this version."""
    postgres = op.get_bind().dialect.name == "postgresql"
    _extend_events()
    versies = _seal_events()
    _extend_state(versies)
    op.create_table(
        "paarbesluit",
        sa.Column("eerste_id", sa.String(length=36), nullable=False),
        sa.Column("tweede_id", sa.String(length=36), nullable=False),
        sa.Column("oordeel", sa.String(length=16), nullable=True, comment="leeg: ingetrokken"),
        sa.Column("blijft_id", sa.String(length=36), nullable=True),
        sa.Column("daeb_dubbel", sa.Integer(), nullable=True),
        sa.Column("reden", sa.Text(), nullable=False),
        sa.Column("versie", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("eerste_id", "tweede_id"),
    )
    op.add_column("dubbelpaar", sa.Column("besluit", sa.String(length=16), nullable=True))
    op.create_index("ix_dubbelpaar_tweede", "dubbelpaar", ["tweede_id"])
    op.create_index("ix_paarbesluit_tweede", "paarbesluit", ["tweede_id"])
    op.create_index("ix_koppeling_gemeente", "koppeling", ["gemeentenaam", "locatie_id"])
    levend = sa.text("einde IS NULL")
    op.create_index(
        "ix_locatie_naam",
        "locatie",
        ["naam", "id"],
        sqlite_where=levend,
        postgresql_where=levend,
    )
    op.create_table(
        "balanspost",
        sa.Column("nummer", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("gemeentecode", sa.String(length=4), nullable=True),
        sa.Column("corporaties", sa.JSON(), nullable=False),
        sa.Column("maat", sa.String(length=24), nullable=False),
        sa.Column("jaar", sa.Integer(), nullable=True),
        sa.Column("vak", sa.String(length=24), nullable=False),
        sa.Column("aantal", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("nummer"),
    )
    if postgres:
        _postgres()
    else:
        for daad in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER gebeurtenis_geen_{daad.lower()} BEFORE {daad} ON gebeurtenis "
                f"BEGIN SELECT RAISE(ABORT, '{_WEIGERING}'); END"
            )


def _extend_events() -> None:
    op.drop_index("ix_gebeurtenis_onderwerp", table_name="gebeurtenis")
    for kolom in (
        sa.Column("partij", sa.Text(), nullable=True),
        sa.Column("versie", sa.Integer(), nullable=True),
        sa.Column("handeling", sa.Integer(), nullable=True),
        sa.Column("herroept", sa.Integer(), nullable=True),
        sa.Column("zegel", sa.String(length=64), nullable=True),
    ):
        op.add_column("gebeurtenis", kolom)


def _seal_events() -> dict[tuple[str, str], int]:
    """Number and seal the events that are there; return the version of every subject."""
    tabel = sa.table(
        "gebeurtenis",
        *(sa.column(n) for n in _VELDEN if n not in {"oud", "nieuw"}),
        sa.column("oud", sa.JSON(none_as_null=True)),
        sa.column("nieuw", sa.JSON()),
        sa.column("tijdstip", sa.DateTime(timezone=True)),
        sa.column("zegel"),
    )
    verbinding = op.get_bind()
    versies: dict[tuple[str, str], int] = defaultdict(int)
    zegel, nummer = _BEGIN, 0
    erbij: dict[str, Any]
    for rij in verbinding.execute(sa.select(tabel).order_by(tabel.c.nummer)).mappings().all():
        onderwerp = (rij["onderwerp"], rij["onderwerp_id"])
        versies[onderwerp] += 1
        nummer = rij["nummer"]
        erbij = {"versie": versies[onderwerp], "handeling": nummer}
        if rij["soort"] == "gewijzigd":
            # Until now all changes came from reading a source; from now on people change too.
            erbij["soort"] = "ingelezen"
        zegel = _seal({**rij, **erbij}, zegel)
        waar = tabel.c.nummer == nummer
        verbinding.execute(sa.update(tabel).where(waar).values(**erbij, zegel=zegel))
    with op.batch_alter_table("gebeurtenis") as tabelwijziging:
        for naam in ("versie", "handeling"):
            tabelwijziging.alter_column(naam, existing_type=sa.Integer(), nullable=False)
        tabelwijziging.alter_column("zegel", existing_type=sa.String(length=64), nullable=False)
    op.create_index(
        "ix_gebeurtenis_onderwerp",
        "gebeurtenis",
        ["onderwerp_id", "onderwerp", "versie"],
        unique=True,
    )
    stand = op.create_table(
        "stand",
        sa.Column("sleutel", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("nummer", sa.Integer(), nullable=False),
        sa.Column("zegel", sa.String(length=64), nullable=False),
        sa.Column("invoer", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("sleutel"),
    )
    # `migreer` fills in the digest of the input: it follows the program, not this version.
    verbinding.execute(
        sa.insert(stand).values(sleutel=1, nummer=nummer, zegel=zegel, invoer=_BEGIN)
    )
    return versies


def _seal(gebeurtenis: dict[str, Any], vorig: str) -> str:
    """Seal an event as `register.zegel` did at this version."""
    moment: datetime = gebeurtenis["tijdstip"]
    moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    inhoud = {veld: gebeurtenis[veld] for veld in _VELDEN}
    inhoud |= {"tijdstip": moment.isoformat(timespec="microseconds"), "vorig": vorig}
    tekst = json.dumps(inhoud, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(tekst.encode("ascii")).hexdigest()


def _extend_state(versies: dict[tuple[str, str], int]) -> None:
    verbinding = op.get_bind()
    for kolom in (
        sa.Column("planstatus_herkomst", sa.Text(), nullable=True),
        sa.Column("projectfase", sa.Text(), nullable=True),
        sa.Column("voorgangers", sa.JSON(), nullable=False, server_default="[]"),
        sa.Column("opvolgers", sa.JSON(), nullable=False, server_default="[]"),
        sa.Column("einde", sa.JSON(), nullable=True),
        sa.Column("versie", sa.Integer(), nullable=False, server_default="1"),
        sa.Column("bronwaarden", sa.JSON(), nullable=True),
    ):
        op.add_column("locatie", kolom)
    op.add_column("bod", sa.Column("versie", sa.Integer(), nullable=False, server_default="1"))
    # An absent decision was written as JSON null.
    verbinding.execute(
        sa.text("UPDATE locatie SET besluit = NULL WHERE CAST(besluit AS TEXT) = 'null'")
    )
    verbinding.execute(
        sa.text("UPDATE gebeurtenis SET oud = NULL WHERE CAST(oud AS TEXT) = 'null'")
    )
    for (onderwerp, id_), versie in versies.items():
        sleutel = "gemeentecode || '/' || volgnummer" if onderwerp == "bod" else "id"
        verbinding.execute(
            sa.text(f"UPDATE {onderwerp} SET versie = :versie WHERE {sleutel} = :id"),  # noqa: S608
            {"versie": versie, "id": id_},
        )


_UITLEG = (
    ("locatie", "geometrie_rd", "EPSG:28992"),
    ("locatie", "bronwaarden", "van de bron, waar een mens wijzigde"),
    ("gebeurtenis", "nummer", "1, 2, 3 .."),
    ("gebeurtenis", "onderwerp", "welke tabel"),
    ("gebeurtenis", "soort", None),
    ("gebeurtenis", "versie", "van het onderwerp, na deze gebeurtenis"),
    ("gebeurtenis", "handeling", "nummer van de eerste in de transactie"),
    ("gebeurtenis", "herroept", "nummer van de gebeurtenis die dit terugdraait"),
    ("gebeurtenis", "zegel", "sha256 over deze en de vorige"),
)


def _postgres() -> None:
    for tabel, kolom, uitleg in _UITLEG:
        op.alter_column(tabel, kolom, comment=uitleg)
    op.execute(
        "ALTER TABLE locatie ALTER COLUMN geometrie_rd TYPE geometry(Geometry,28992) "
        "USING ST_GeomFromWKB(geometrie_rd, 28992)"
    )
    op.execute("CREATE INDEX ix_locatie_geometrie_rd ON locatie USING gist (geometrie_rd)")
    op.execute(
        "CREATE FUNCTION weiger_wijziging() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{_WEIGERING}'; END $$"
    )
    op.execute(
        "CREATE TRIGGER gebeurtenis_blijft BEFORE UPDATE OR DELETE OR TRUNCATE ON gebeurtenis "
        "FOR EACH STATEMENT EXECUTE FUNCTION weiger_wijziging()"
    )
    op.execute(_KAART)


# What QGIS and other programs open: every locatie that has not ended, with its verdict.
_KAART = """
CREATE VIEW locaties_kaart AS
SELECT l.id, l.naam, k.gemeentecode, k.gemeentenaam, o.planstatus, o.hardheid, o.uitleg,
       l.planstatus_opgegeven, o.planstatus_afgeleid, k.bod_versie, k.telt_mee,
       k.reden AS reden_telt_niet_mee, l.corporaties::text AS corporaties, l.woningen_totaal,
       l.plantype, l.projectfase, l.vertrouwelijkheid, l.bron, l.versie, l.geometrie_rd
FROM locatie l
LEFT JOIN koppeling k ON k.locatie_id = l.id
LEFT JOIN oordeel o ON o.locatie_id = l.id
WHERE l.einde IS NULL
"""


def downgrade() -> None:
    """Refuse: events cannot lose their seals."""
    raise NotImplementedError("terug kan niet; zet een reservekopie terug")
