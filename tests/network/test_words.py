"""Counts agree with their nouns."""

import pytest
from django.test import Client

from fairealliance.network.coverage import Coverage
from tests.organisations.cast import read


@pytest.mark.parametrize(("blanks", "said"), [(1, "1 case sur 12 est vide"), (2, "2 cases sur 12 sont vides")])
def test_blank_cells_are_counted_in_french(db: None, monkeypatch: pytest.MonkeyPatch, blanks: int, said: str) -> None:
    monkeypatch.setattr(Coverage, "blanks", property(lambda _self: blanks))
    monkeypatch.setattr(Coverage, "cells", property(lambda _self: 12))
    assert said in read(Client().get("/catalyseurs/couverture/"))
