"""Where, in words: as it is said of towns, départements, regions."""

import pytest

from fairealliance.territories.models import Territory
from fairealliance.territories.words import within


@pytest.mark.parametrize(
    ("level", "name", "article", "said"),
    [
        ("commune", "Lyon", 0, "à Lyon"),
        ("commune", "Le Havre", 2, "au Havre"),
        ("commune", "Les Lilas", 4, "aux Lilas"),
        ("commune", "La Rochelle", 3, "à La Rochelle"),
        ("commune", "L’Isle-Adam", 5, "à L’Isle-Adam"),
        ("commune", "Lescar", None, "à Lescar"),
        ("departement", "Loire", 3, "dans la Loire"),
        ("departement", "Rhône", 2, "dans le Rhône"),
        ("departement", "Oise", 5, "dans l’Oise"),
        ("departement", "Seine-Maritime", 3, "en Seine-Maritime"),
        ("departement", "Ille-et-Vilaine", 1, "en Ille-et-Vilaine"),
        ("departement", "Lot-et-Garonne", 2, "dans le Lot-et-Garonne"),
        ("departement", "Paris", 0, "à Paris"),
        ("departement", "Guadeloupe", 3, "en Guadeloupe"),
        ("departement", "La Réunion", 3, "à La Réunion"),
        ("region", "La Réunion", 3, "à La Réunion"),
        ("region", "Bretagne", 3, "en Bretagne"),
        ("region", "Grand Est", 2, "dans le Grand Est"),
        ("region", "Hauts-de-France", 4, "dans les Hauts-de-France"),
        ("pays", "France", 3, "en France"),
    ],
)
def test_where(level: str, name: str, article: int | None, said: str) -> None:
    assert within(Territory(level=level, name=name, article=article)) == said
