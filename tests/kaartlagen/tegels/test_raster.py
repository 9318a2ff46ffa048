"""The tile grid of PDOK."""

import pytest

from kaartlagen.tegels import GROOTSTE_ZOOM, Tegel, tile_at


def test_one_tile_covers_all_at_zoom_nought() -> None:
    links, onder, rechts, boven = Tegel(0, 0, 0).bbox_rd
    assert (links, boven) == (-285401.92, 903401.92)
    assert (rechts, onder) == pytest.approx((595401.92, 22598.08))


def test_each_zoom_halves_a_tile() -> None:
    assert Tegel(12, 0, 0).zijde_m == pytest.approx(0.84 * 256)
    assert tile_at(12, 155_000, 463_000) == Tegel(12, 2048, 2048)


def test_tile_holds_its_own_corner_and_not_that_of_its_neighbours() -> None:
    tegel = Tegel(10, 500, 600)
    links, onder, rechts, boven = tegel.bbox_rd
    midden = ((links + rechts) / 2, (onder + boven) / 2)
    assert tile_at(10, *midden) == tegel
    assert Tegel(10, 501, 600).bbox_rd[0] == pytest.approx(rechts)
    assert Tegel(10, 500, 601).bbox_rd[3] == pytest.approx(onder)


@pytest.mark.parametrize(
    ("z", "x", "y"), [(-1, 0, 0), (0, 1, 0), (3, 8, 0), (3, 0, -1), (GROOTSTE_ZOOM + 1, 0, 0)]
)
def test_tile_outside_the_grid_does_not_exist(z: int, x: int, y: int) -> None:
    assert not Tegel(z, x, y).bestaat
    assert Tegel(3, 7, 7).bestaat
