"""Dutch planning geodata: recognise, read, check, repair, store and overlay.

This package knows geodata and nothing of housing agreements; it could serve any
Dutch planning tool. Everything it stores and computes is in EPSG:28992 (RD).
"""

__version__ = "0.1.0"
