"""The settings of the map server: where the project is, whom it answers, how much it draws."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
ALLE_ADRESSEN = frozenset({"0.0.0.0", "::"})  # noqa: S104 - recognised, not bound by default


@dataclass(frozen=True, slots=True)
class Instellingen:
    """What one running map server is told at its start.

    Parameters
    ----------
    project_map
        The project folder.
    host
        The address that the server is bound to; its name is accepted in the Host header
        beside the loopback names.
    percelen_zoom
        From this zoom of the RD grid, rounded, parcels are drawn; 10 is 3.4 m per pixel.
    objecten_grens
        The most objects of one layer that one answer carries. Beyond it the answer is
        empty and says so: a part would look like the whole.
    kandidaten_grens
        The same for screened parcels, which are patterned and can be clicked: more weight
        for the browser per object.
    zijde_grens_m
        The longest side of a box in metres for which parcels are asked for.
    luisteraars
        The most browsers that hear of every change at once; each holds a thread.
    hartslag_s
        Seconds between two signs of life on a stream; a browser that is gone is noticed then.
    lichaam_grens
        The most bytes that a request may bring.
    """

    project_map: Path
    host: str = "127.0.0.1"
    percelen_zoom: float = 10.0
    objecten_grens: int = 8_000
    kandidaten_grens: int = 3_000
    zijde_grens_m: float = 8_000.0
    luisteraars: int = 112
    hartslag_s: float = 5.0
    lichaam_grens: int = 1 << 20

    @property
    def draden(self) -> int:
        """Threads of the server: one per listener, and enough beside them to answer."""
        return self.luisteraars + 16
