"""Runs pygeoapi in a process of its own: python dienst.py PORT, with PYGEOAPI_CONFIG set."""

from __future__ import annotations

import sys

import waitress
from pygeoapi.flask_app import APP

if __name__ == "__main__":
    waitress.serve(APP, host="127.0.0.1", port=int(sys.argv[1]), threads=4)
