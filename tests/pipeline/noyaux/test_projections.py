"""Projected points come back to longitude and latitude, territory by territory."""

from __future__ import annotations

import numpy as np
import pytest

from perenne.pipeline.noyaux.projections import PROJECTIONS, vers_lon_lat


def _arc_de_meridien(latitude: float) -> float:
    """Metres from the equator to a latitude on the GRS80 ellipsoid, by numerical integration."""
    a, e2 = 6_378_137.0, 0.006_694_380_022_90
    phi = np.linspace(0, np.radians(latitude), 20_001)
    return float(np.trapezoid(a * (1 - e2) / (1 - e2 * np.sin(phi) ** 2) ** 1.5, phi))


def _projeter(x: float, y: float, departement: str) -> tuple[float, float]:
    lon, lat = vers_lon_lat(np.array([x]), np.array([y]), np.array([departement], dtype=object))
    return float(lon[0]), float(lat[0])


@pytest.mark.parametrize("departement", ["23", "2A", "75"])
def test_the_origin_of_lambert_93_is_where_its_definition_puts_it(departement: str) -> None:
    # Decree n° 2000-1276: origin 3° E, 46° 30' N, x0 = 700 km, y0 = 6,600 km.
    assert _projeter(700_000, 6_600_000, departement) == pytest.approx((3.0, 46.5), abs=1e-8)


@pytest.mark.parametrize(
    ("departement", "meridien", "latitude"),
    [
        ("971", -63.0, 16.2),
        ("972", -63.0, 14.6),
        ("973", -51.0, 4.9),
        ("975", -57.0, 46.8),
        ("974", 57.0, -21.1),
        ("976", 45.0, -12.8),
    ],
)
def test_the_central_meridian_of_each_territory_overseas(
    departement: str, meridien: float, latitude: float
) -> None:
    # Universal transverse Mercator: x = 500 km there, y = 0.9996 × arc, plus 10,000 km in the south.
    y = 0.9996 * _arc_de_meridien(latitude) if latitude > 0 else 1e7 - 0.9996 * _arc_de_meridien(-latitude)
    assert _projeter(500_000, y, departement) == pytest.approx((meridien, latitude), abs=1e-6)


def test_a_point_out_of_its_territory_is_not_believed() -> None:
    # Coordinates of La Réunion declared in the Creuse, and the reverse.
    assert np.isnan(_projeter(340_000, 7_650_000, "23")[0])
    assert np.isnan(_projeter(620_000, 6_560_000, "974")[0])


def test_an_unknown_territory_or_an_unknown_point_has_no_longitude() -> None:
    assert np.isnan(_projeter(500_000, 8_000_000, "987")[0])
    assert np.isnan(_projeter(float("nan"), 6_600_000, "23")[0])
    assert np.isnan(_projeter(700_000, 6_600_000, "")[0])


def test_territories_of_one_lot_do_not_mix() -> None:
    lon, lat = vers_lon_lat(
        np.array([700_000.0, 500_000.0]), np.array([6_600_000.0, 0.9996 * _arc_de_meridien(16.2)]),
        np.array(["23", "971"], dtype=object),
    )  # fmt: skip
    assert lon == pytest.approx([3.0, -63.0], abs=1e-6)
    assert lat == pytest.approx([46.5, 16.2], abs=1e-6)


def test_every_overseas_departement_has_its_projection() -> None:
    assert {"971", "972", "973", "974", "976"} <= set(PROJECTIONS)
