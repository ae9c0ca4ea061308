"""Accounts of before knew the invented world by its addresses alone."""

import pytest

from fairealliance.accounts.models import User
from tests.migrating import before


@pytest.mark.django_db(transaction=True)
def test_people_of_the_invented_world_are_marked_and_nobody_else() -> None:
    real = ("nora@exemple.fr", "demo.invalid@exemple.fr", "nora@pasdemo.invalid")
    with before("accounts", "0003_vouch") as old:
        was = old.get_model("accounts", "User")
        assert not hasattr(was, "is_demo")
        for email in ("nora.vidal@demo.invalid", *real):
            was.objects.create(email=email)
    assert list(User.objects.filter(is_demo=True).values_list("email", flat=True)) == ["nora.vidal@demo.invalid"]
    assert set(User.objects.filter(is_demo=False).values_list("email", flat=True)) == set(real)
