"""The agreement: bod, locatie, bewijs, oordeel and balans. Knows nothing of HTTP."""

__version__ = "0.1.0"
