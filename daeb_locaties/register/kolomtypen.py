"""Columns that SQLite and PostgreSQL keep each in their own way."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import DateTime, Dialect, LargeBinary, func
from sqlalchemy.sql.elements import BindParameter, ColumnElement
from sqlalchemy.types import TypeDecorator, TypeEngine, UserDefinedType

RD_CODE = 28992


class _PostgisGeometrie(UserDefinedType[bytes]):
    """A PostGIS column in EPSG:28992 that Python writes and reads as WKB."""

    cache_ok = True

    def get_col_spec(self, **_: Any) -> str:
        """Return the type as CREATE TABLE writes it."""
        return f"geometry(Geometry,{RD_CODE})"

    def bind_expression(self, bindvalue: BindParameter[bytes]) -> ColumnElement[bytes]:
        """Make a geometry of the WKB that is written."""
        return func.ST_GeomFromWKB(bindvalue, RD_CODE, type_=LargeBinary())

    def column_expression(self, colexpr: ColumnElement[Any]) -> ColumnElement[Any]:
        """Read the geometry as little-endian WKB, whatever machine the server is."""
        return func.ST_AsBinary(colexpr, "NDR", type_=LargeBinary())


def geometry_type() -> TypeEngine[bytes]:
    """Return the type of a geometry in RD: WKB in SQLite, a real geometry in PostGIS."""
    return LargeBinary().with_variant(_PostgisGeometrie(), "postgresql")


class Moment(TypeDecorator[datetime]):
    """A moment in UTC. SQLite keeps no time zone, so that it is put back when it is read."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _: Dialect) -> datetime | None:
        """Bring the moment to UTC before it is written."""
        return value.astimezone(UTC) if value is not None else None

    def process_result_value(self, value: datetime | None, _: Dialect) -> datetime | None:
        """Say of the moment that was read that it is UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
