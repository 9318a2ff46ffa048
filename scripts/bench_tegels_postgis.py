"""The same tiles by PostGIS: ST_AsMVT over the same rows, in the same grid."""

from __future__ import annotations

import os
from typing import Any

import numpy as np
import shapely

from daeb_locaties.project import Project
from kaartlagen.tegels import RAND, RASTER, TEGELLAGEN, Tegel

_MAAK = """
drop table if exists bench_{naam};
create table bench_{naam} (id bigint, k text, g geometry(Geometry, 28992));
"""
_KLAAR = "create index on bench_{naam} using gist (g); analyze bench_{naam};"
_TEGEL = """
select ST_AsMVT(t, %(naam)s, {raster}, 'm', 'id') from (
  select id, k,
         ST_AsMVTGeom(g, ST_MakeEnvelope(%(a)s, %(b)s, %(c)s, %(d)s, 28992), {raster}, {rand}) as m
  from bench_{naam}
  where g && ST_MakeEnvelope(%(e)s, %(f)s, %(g)s, %(h)s, 28992)
) t where m is not null
"""


class PostgisTegels:
    """A server that holds both layers."""

    def __init__(self, verbinding: Any) -> None:
        self._verbinding = verbinding

    @classmethod
    def connect(cls, project: Project) -> PostgisTegels | None:
        """Load the layers into the server of BENCH_POSTGIS; None where there is none."""
        adres = os.environ.get("BENCH_POSTGIS")
        if not adres:
            return None
        import psycopg  # noqa: PLC0415  (an extra: absent where no server is asked)

        verbinding = psycopg.connect(adres, autocommit=True)
        verbinding.execute("create extension if not exists postgis")
        for naam, laag in TEGELLAGEN.items():
            frame = project.lagen.read(naam)
            verbinding.execute(_MAAK.format(naam=naam))
            wkb = shapely.to_wkb(
                shapely.set_srid(frame.geometry.to_numpy(), 28992), include_srid=True
            )
            klassen = frame[laag.klasse].astype(object).where(frame[laag.klasse].notna(), None)
            with verbinding.cursor().copy(f"copy bench_{naam} from stdin") as stroom:
                for nummer, klasse, vorm in zip(np.arange(len(frame)), klassen, wkb, strict=True):
                    stroom.write_row((int(nummer), klasse, vorm.hex()))
            verbinding.execute(_KLAAR.format(naam=naam))
        return cls(verbinding)

    def make(self, naam: str, tegel: Tegel) -> bytes:
        """Make one tile (not compressed)."""
        kaders = dict(
            zip("abcdefgh", (*tegel.bbox_rd, *tegel.bbox_met_rand_rd), strict=True), naam=naam
        )
        vraag = _TEGEL.format(naam=naam, raster=RASTER, rand=RAND)
        return bytes(self._verbinding.execute(vraag, kaders).fetchone()[0])
