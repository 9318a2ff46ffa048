"""The area engine: how many m2 of A lie in each of B."""

from kaartlagen.overlay.paren import Oppervlakteparen, area_join

__all__ = ["Oppervlakteparen", "area_join"]
