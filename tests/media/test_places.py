"""Coordinates in words: the nearest town, and nothing where there is none."""

import pytest

from forethought.media.places import nearest, towns, whereabouts


class TestWhereabouts:
    @pytest.mark.parametrize(
        ("north", "east", "said"),
        [
            (51.4545, -2.5879, "51.45450 N, 2.58790 W, in or beside Bristol (GB)"),
            (55.95, -3.19, "Edinburgh (GB)"),
            (-33.87, 151.21, "S, 151.21000 E"),
            (-33.87, 151.21, "(AU)"),
            (53.35, -6.26, "Dublin (IE)"),
        ],
    )
    def test_a_town_is_near(self, north: float, east: float, said: str) -> None:
        """Coordinates near a town name it."""
        assert said in whereabouts(north, east)

    def test_some_way_off(self) -> None:
        """Farther off, the distance is told."""
        assert "about" in whereabouts(54.45, -3.2)
        assert " km from " in whereabouts(54.45, -3.2)

    def test_out_at_sea(self) -> None:
        """Far from any town only the coordinates are told."""
        assert "0.00000 N, 30.00000 W" == whereabouts(0.0, -30.0)

    @pytest.mark.parametrize("spot", [(91.0, 0.0), (0.0, 181.0), (float("inf"), 0.0), (float("nan"), 0.0)])
    def test_nowhere(self, spot: tuple[float, float]) -> None:
        """Coordinates that cannot be are said to be nowhere."""
        assert "nowhere on Earth" in whereabouts(*spot)


class TestTowns:
    def test_enough_of_them(self) -> None:
        """The list holds many small towns of these islands and the large ones of the world."""
        here = [town for town in towns() if town.country in ("GB", "IE")]
        assert len(here) > 5_000
        assert len(towns()) > 15_000

    def test_across_the_date_line(self) -> None:
        """A town on the other side of the date line is near."""
        town, away = nearest(-18.14, -178.44 - 3.1)
        assert "FJ" == town.country
        assert away < 50
