"""The register: locaties, biedingen and verdicts, every change an event."""

from daeb_locaties.register.botsing import Aanraking, Botsing, ConflictError
from daeb_locaties.register.gebeurtenis import Gebeurtenis
from daeb_locaties.register.ketenbewijs import Ketenbewijs
from daeb_locaties.register.lijst import Bladzijde, Lijstvraag
from daeb_locaties.register.opnemen import Bronbotsing, Schrijfverslag
from daeb_locaties.register.plaats import Registerplaats
from daeb_locaties.register.register import Register
from daeb_locaties.register.resultaten import Resultaten
from daeb_locaties.register.schrijven import Auteur

__all__ = [
    "Aanraking",
    "Auteur",
    "Bladzijde",
    "Botsing",
    "Bronbotsing",
    "ConflictError",
    "Gebeurtenis",
    "Ketenbewijs",
    "Lijstvraag",
    "Register",
    "Registerplaats",
    "Resultaten",
    "Schrijfverslag",
]
