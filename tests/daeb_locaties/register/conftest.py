from __future__ import annotations

import pytest

from daeb_locaties.register import Register


@pytest.fixture
def register(registerplaats):
    """An empty register, once on SQLite and once on PostgreSQL."""
    with Register(registerplaats) as register:
        yield register
