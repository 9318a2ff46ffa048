"""Rows of a question as plain dictionaries by column name."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Select

Rij = dict[str, Any]


def ask(verbinding: Connection, vraag: Select[Any]) -> list[Rij]:
    """Return all rows."""
    return [{**rij} for rij in verbinding.execute(vraag).mappings()]


def ask_one(verbinding: Connection, vraag: Select[Any]) -> Rij | None:
    """Return the only row; None when there is none."""
    rij = verbinding.execute(vraag).mappings().one_or_none()
    return None if rij is None else {**rij}
