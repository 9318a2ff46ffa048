"""The tables of the register."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    DateTime,
    Float,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
)

metadata = MetaData()

# What people state. Every change of these two is an event in the same transaction.
locatie = Table(
    "locatie",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("naam", Text, nullable=False),
    Column("geometrie_rd", LargeBinary, nullable=False, comment="WKB, EPSG:28992"),
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
    Column("besluit", JSON),
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
)

gebeurtenis = Table(
    "gebeurtenis",
    metadata,
    Column("nummer", Integer, primary_key=True, autoincrement=True),
    Column("tijdstip", DateTime(timezone=True), nullable=False, comment="UTC"),
    Column("wie", Text, nullable=False),
    Column("onderwerp", String(16), nullable=False, comment="locatie of bod"),
    Column("onderwerp_id", Text, nullable=False),
    Column("soort", String(16), nullable=False, comment="opgenomen of gewijzigd"),
    Column("oud", JSON),
    Column("nieuw", JSON, nullable=False),
    Column("reden", Text, nullable=False),
)
Index("ix_gebeurtenis_onderwerp", gebeurtenis.c.onderwerp, gebeurtenis.c.onderwerp_id)

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
)

ketenbewijs = Table(
    "ketenbewijs",
    metadata,
    Column("nummer", Integer, primary_key=True),
    Column("gedraaid_op", DateTime(timezone=True), nullable=False, comment="UTC"),
    Column("inhoud", JSON, nullable=False),
)
