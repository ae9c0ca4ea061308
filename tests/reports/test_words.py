"""What a report says in numbers, said as one says it of one."""

from types import SimpleNamespace
from typing import Any, cast

from fairealliance.reports.compose import _known
from fairealliance.reports.debate import _of_alliances


def _asked(alike: int) -> str:
    gap = SimpleNamespace(name="Mobilité", alike=alike)
    (told,) = _of_alliances(cast(Any, SimpleNamespace(is_ready=True, gaps=(gap,))))
    return told


def test_one_example_is_told_in_the_singular() -> None:
    assert "1 exemple chez" in _asked(1)
    assert "2 exemples chez" in _asked(2)


def test_nothing_known_is_told_in_the_singular_as_french_does() -> None:
    assert _known(0, 0).endswith("0 exemple de coopération et 0 fiche d’organisation.")
    assert _known(1, 2).endswith("1 exemple de coopération et 2 fiches d’organisation.")
