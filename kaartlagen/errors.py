"""The errors of kaartlagen: one base class, one named subclass per thing that can be wrong.

Every message is Dutch, because a planner reads it, and has three parts: what is wrong,
where, and how to mend it.
"""

from __future__ import annotations


class KaartlagenError(Exception):
    """Base of all errors that kaartlagen raises on purpose.

    Parameters
    ----------
    wat
        What is wrong, one Dutch sentence.
    waar
        Where: a file name, a layer, a feature id. Empty when there is no place to name.
    herstel
        How to mend it, one Dutch sentence. Empty when there is nothing to be done.
    """

    def __init__(self, wat: str, *, waar: str = "", herstel: str = "") -> None:
        self.wat = wat
        self.waar = waar
        self.herstel = herstel
        super().__init__(self.melding)

    @property
    def melding(self) -> str:
        """The whole message as one Dutch text: place, fault, remedy."""
        kop = f"{self.waar}: {self.wat}" if self.waar else self.wat
        return f"{kop} {self.herstel}" if self.herstel else kop


class BronError(KaartlagenError):
    """The file is absent, empty, truncated, unsafe or not geodata at all."""


class BijlageError(BronError):
    """The file is sound, but lies beside data and holds none: a text, a picture, a manifest."""


class OnbekendeSoortError(KaartlagenError):
    """The file is geodata, but its kind cannot be recognised, or two kinds fit."""


class CrsError(KaartlagenError):
    """The coordinate reference system is absent, unsupported, or belied by the numbers."""


class KolomError(KaartlagenError):
    """A column that the kind of layer needs is missing or holds something else."""


class OpslagError(KaartlagenError):
    """The layer store or an output file cannot be read or written."""


class DienstError(KaartlagenError):
    """A web service cannot be reached, refuses, or answers something that is no geodata."""
