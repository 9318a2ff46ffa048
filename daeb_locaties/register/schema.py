"""The tables of the register."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    Float,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
)

from daeb_locaties.register.kolomtypen import Moment, geometry_type

HOOFD = "0003"
"""The newest migration: what a register must be at. A test holds it to the folder's last."""

metadata = MetaData()

# What people state. Every change of these three is an event in the same transaction, and
# `versie` is the number of the row's events. SQL NULL where nothing is stated, never JSON null.
locatie = Table(
    "locatie",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("naam", Text, nullable=False),
    Column("geometrie_rd", geometry_type(), nullable=False, comment="EPSG:28992"),
    Column("bron", Text, nullable=False),
    Column("bron_id", Text, nullable=False),
    Column("gemeente_opgegeven", Text),
    Column("corporaties", JSON, nullable=False),
    Column("aantallen", JSON, nullable=False),
    Column("woningen_totaal", Integer),
    Column("planstatus_opgegeven", String(8), nullable=False),
    Column("planstatus_tekst", Text),
    Column("planstatus_datum", Date),
    Column("plantype", Text),
    Column("vertrouwelijkheid", Text),
    Column("besluit", JSON(none_as_null=True)),
    Column("planstatus_herkomst", Text),
    Column("projectfase", Text),
    Column("voorgangers", JSON, nullable=False),
    Column("opvolgers", JSON, nullable=False),
    Column("einde", JSON(none_as_null=True)),
    Column("versie", Integer, nullable=False),
    Column("bronwaarden", JSON(none_as_null=True), comment="van de bron, waar een mens wijzigde"),
)
# PostgreSQL has a GiST index on geometrie_rd too; SQLite has no spatial index to give.
Index(
    "ix_locatie_naam",
    locatie.c.naam,
    locatie.c.id,
    sqlite_where=locatie.c.einde.is_(None),
    postgresql_where=locatie.c.einde.is_(None),
)

bod = Table(
    "bod",
    metadata,
    Column("gemeentecode", String(4), primary_key=True),
    Column("volgnummer", Integer, primary_key=True),
    Column("gemeentenaam", Text, nullable=False),
    Column("datum", Date),
    Column("bron", Text, nullable=False),
    Column("regels", JSON, nullable=False),
    Column("toelichting", Text),
    Column("handelingsperspectief", Text),
    Column("versie", Integer, nullable=False),
)

paarbesluit = Table(
    "paarbesluit",
    metadata,
    Column("eerste_id", String(36), primary_key=True),
    Column("tweede_id", String(36), primary_key=True),
    Column("oordeel", String(16), comment="leeg: ingetrokken"),
    Column("blijft_id", String(36)),
    Column("daeb_dubbel", Integer),
    Column("reden", Text, nullable=False),
    Column("versie", Integer, nullable=False),
)
Index("ix_paarbesluit_tweede", paarbesluit.c.tweede_id)

# Rows are only ever added: triggers refuse the rest, and each row seals the one before it.
gebeurtenis = Table(
    "gebeurtenis",
    metadata,
    Column("nummer", Integer, primary_key=True, autoincrement=False, comment="1, 2, 3 .."),
    Column("tijdstip", Moment, nullable=False, comment="UTC"),
    Column("wie", Text, nullable=False),
    Column("partij", Text),
    Column("onderwerp", String(16), nullable=False, comment="welke tabel"),
    Column("onderwerp_id", Text, nullable=False),
    Column("versie", Integer, nullable=False, comment="van het onderwerp, na deze gebeurtenis"),
    Column("soort", String(16), nullable=False),
    Column("oud", JSON(none_as_null=True)),
    Column("nieuw", JSON, nullable=False),
    Column("reden", Text, nullable=False),
    Column("handeling", Integer, nullable=False, comment="nummer van de eerste in de transactie"),
    Column("herroept", Integer, comment="nummer van de gebeurtenis die dit terugdraait"),
    Column("zegel", String(64), nullable=False, comment="sha256 over deze en de vorige"),
)
Index(
    "ix_gebeurtenis_onderwerp",
    gebeurtenis.c.onderwerp_id,
    gebeurtenis.c.onderwerp,
    gebeurtenis.c.versie,
    unique=True,
)

# One row: the last event, and the digest of all that the chain computes from. Whoever writes
# locks it first, so that events are numbered one by one.
stand = Table(
    "stand",
    metadata,
    Column("sleutel", Integer, primary_key=True, autoincrement=False),
    Column("nummer", Integer, nullable=False),
    Column("zegel", String(64), nullable=False),
    Column("invoer", String(64), nullable=False),
)

# What the chain computes from them and the layers: replaced as a whole by every run.
koppeling = Table(
    "koppeling",
    metadata,
    Column("locatie_id", String(36), primary_key=True),
    Column("gemeentecode", String(4)),
    Column("gemeentenaam", Text),
    Column("aandelen", JSON, nullable=False),
    Column("bod_versie", Text),
    Column("telt_mee", Boolean, nullable=False),
    Column("reden", Text),
    Column("reden_code", String(24)),
    Column("signalen", JSON, nullable=False),
)
Index("ix_koppeling_gemeente", koppeling.c.gemeentenaam, koppeling.c.locatie_id)

oordeel = Table(
    "oordeel",
    metadata,
    Column("locatie_id", String(36), primary_key=True),
    Column("planstatus_afgeleid", String(8), nullable=False),
    Column("planstatus", String(8), nullable=False),
    Column("hardheid", String(8), nullable=False),
    Column("regel", String(8), nullable=False),
    Column("regel_afleiding", String(8), nullable=False),
    Column("regelversie", Text, nullable=False),
    Column("uitleg", Text, nullable=False),
    Column("aandeel_hard", Float, nullable=False),
    Column("aandeel_zacht", Float, nullable=False),
    Column("aandeel_onbekend", Float, nullable=False),
    Column("aandeel_geen_plan", Float, nullable=False),
    Column("signalen", JSON, nullable=False),
)

bewijs = Table(
    "bewijs",
    metadata,
    Column("nummer", Integer, primary_key=True),
    Column("locatie_id", String(36), nullable=False, index=True),
    Column("idn", Text, nullable=False),
    Column("plannaam", Text, nullable=False),
    Column("type_plan", Text),
    Column("planstatus", Text),
    Column("dossierstatus", Text),
    Column("datum", Date),
    Column("object_id", Text),
    Column("naam", Text),
    Column("hoofdgroep", Text),
    Column("klasse", String(8), nullable=False),
    Column("regel", String(8), nullable=False),
    Column("oppervlakte_m2", Float, nullable=False),
    Column("aandeel", Float, nullable=False),
    Column("bron", Text, nullable=False),
)

dubbelpaar = Table(
    "dubbelpaar",
    metadata,
    Column("eerste_id", String(36), primary_key=True),
    Column("tweede_id", String(36), primary_key=True),
    Column("reden", Text, nullable=False),
    Column("overlap_m2", Float, nullable=False),
    Column("aandeel", Float, nullable=False),
    Column("apart", Boolean, nullable=False),
    Column("besluit", String(16)),
)
Index("ix_dubbelpaar_tweede", dubbelpaar.c.tweede_id)

# The balans is a sum of homes that are alike in all that it looks at: those sums, as of the
# last run, so that nobody has to add up every locatie again.
balanspost = Table(
    "balanspost",
    metadata,
    Column("nummer", Integer, primary_key=True, autoincrement=False),
    Column("gemeentecode", String(4)),
    Column("corporaties", JSON, nullable=False),
    Column("maat", String(24), nullable=False),
    Column("jaar", Integer),
    Column("vak", String(24), nullable=False),
    Column("aantal", Integer, nullable=False),
)

ketenbewijs = Table(
    "ketenbewijs",
    metadata,
    Column("nummer", Integer, primary_key=True),
    Column("gedraaid_op", Moment, nullable=False, comment="UTC"),
    Column("inhoud", JSON, nullable=False),
)
