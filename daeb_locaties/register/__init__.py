"""The register: locaties, biedingen and verdicts, every change an event."""

from daeb_locaties.register.ketenbewijs import Ketenbewijs
from daeb_locaties.register.register import Gebeurtenis, Register, Resultaten, Schrijfverslag

__all__ = ["Gebeurtenis", "Ketenbewijs", "Register", "Resultaten", "Schrijfverslag"]
