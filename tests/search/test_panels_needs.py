"""What resembles a need or an offer, while it is written."""

import pytest
from django.test import RequestFactory

from fairealliance.needs.enums import Side
from fairealliance.needs.models import Need
from fairealliance.search import panels_needs


@pytest.mark.parametrize(
    ("side", "title"), [(Side.NEED, "On répond peut-être déjà"), (Side.OFFER, "On le cherche peut-être déjà")]
)
def test_a_need_is_answered_and_an_offer_is_sought(side: Side, title: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(panels_needs, "_cards", lambda need, text, kinds, goals: list(kinds))
    writing = Need(side=side, content={"title": "Une salle"})
    panel = panels_needs.of_writing(RequestFactory().get("/"), writing)
    assert panel
    other = Side.OFFER if side == Side.NEED else Side.NEED
    assert panel.context["groups"][0] == (title, [str(other)])
