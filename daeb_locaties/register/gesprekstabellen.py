"""The tables of the gesprek; every change of a row is an event, as that of a locatie is."""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, Date, Integer, LargeBinary, String, Table, Text

from daeb_locaties.register.schema import metadata

gesprek = Table(
    "gesprek",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("gemeentecode", String(4), nullable=False, index=True),
    Column("soort", String(16), nullable=False),
    Column("nummer", Integer, nullable=False),
    Column("datum", Date, nullable=False),
    Column("deelnemers", JSON, nullable=False),
    Column("afgesloten", Boolean, nullable=False),
    Column("versie", Integer, nullable=False),
)

agendapunt = Table(
    "agendapunt",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("gemeentecode", String(4), nullable=False, index=True),
    Column("soort", String(16), nullable=False),
    Column("titel", Text, nullable=False),
    Column("toelichting", Text),
    Column("locatie_ids", JSON, nullable=False),
    Column("knelpunten", JSON, nullable=False),
    Column("ingebracht_door", Text),
    Column("dragers", JSON, nullable=False),
    Column("gesprek_id", String(36)),
    Column("volgende_stap", Text),
    Column("aan_zet", Text),
    Column("uiterlijk", Date),
    Column("uitkomst", Text),
    Column("status", String(16), nullable=False),
    Column("herkomst", String(16), nullable=False),
    Column("versie", Integer, nullable=False),
)

reactie = Table(
    "reactie",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("onderwerp_id", String(36), nullable=False, index=True),
    Column("partij", Text, nullable=False),
    Column("tekst", Text, nullable=False),
    Column("antwoord_op", String(36)),
    Column("opgelost", Boolean, nullable=False),
    Column("versie", Integer, nullable=False),
)

standpunt = Table(
    "standpunt",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("locatie_id", String(36), nullable=False, index=True),
    Column("partij", Text, nullable=False),
    Column("waarde", String(16), nullable=False),
    Column("toelichting", Text),
    Column("versie", Integer, nullable=False),
)

peildatum = Table(
    "peildatum",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("datum", Date, nullable=False),
    Column("naam", Text, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("akkoord", Text, nullable=False),
    Column("regelversie", Text, nullable=False),
    Column("locaties", Integer, nullable=False),
    Column("versie", Integer, nullable=False),
)

# Apart from the events, that would hold it again: its name is its digest, so it cannot change.
peildatuminhoud = Table(
    "peildatuminhoud",
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("inhoud", LargeBinary, nullable=False, comment="JSON, zlib"),
)

indiening = Table(
    "indiening",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("peildatum_id", String(36), nullable=False),
    Column("gemeentecode", String(4), nullable=False, index=True),
    Column("datum", Date, nullable=False),
    Column("toelichting", Text),
    Column("versie", Integer, nullable=False),
)

beoordeling = Table(
    "beoordeling",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("indiening_id", String(36), nullable=False, index=True),
    Column("locatie_id", String(36), nullable=False),
    Column("uitkomst", String(16), nullable=False),
    Column("motief", Text, nullable=False),
    Column("instrument", String(16)),
    Column("versie", Integer, nullable=False),
)
