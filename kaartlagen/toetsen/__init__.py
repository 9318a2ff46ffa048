"""Looking through the rows of a layer that is about to be stored; nothing is refused here."""

from kaartlagen.toetsen.laag import check_layer

__all__ = ["check_layer"]
