"""The first command a newcomer copies does what it says, wherever the product was started."""

import pytest

from fairealliance.config import prepare


@pytest.mark.django_db
def test_the_first_person_is_let_in_where_the_product_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    monkeypatch.setenv("PORT", "8514")
    monkeypatch.setenv("FAIREALLIANCE_HOME", "/srv/faire alliance")
    prepare._tell_first_steps(told.append)
    assert told[-1].split(".venv")[0] == "  PORT=8514 FAIREALLIANCE_HOME='/srv/faire alliance' "
    monkeypatch.delenv("PORT")
    monkeypatch.delenv("FAIREALLIANCE_HOME")
    prepare._tell_first_steps(told.append)
    assert told[-1] == "  .venv/bin/fairealliance editor add VOTRE@COURRIEL"
