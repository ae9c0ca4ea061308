"""Words of ours, in no catalogue, agree as French does; those of Django's own catalogue still do."""

import pytest
from django.template import engines
from django.utils.translation import ngettext


@pytest.mark.parametrize(("n", "said"), [(0, "0 exemple"), (1, "1 exemple"), (2, "2 exemples"), (-1, "-1 exemple")])
def test_none_and_one_are_singular(n: int, said: str) -> None:
    assert ngettext("%(n)d exemple", "%(n)d exemples", n) % {"n": n} == said
    counted = "{% blocktranslate count n=n %}{{ n }} exemple{% plural %}{{ n }} exemples{% endblocktranslate %}"
    assert engines["django"].from_string("{% load i18n %}" + counted).render({"n": n}) == said


def test_what_django_s_catalogue_holds_is_its_own() -> None:
    assert ngettext("%(num)d hour", "%(num)d hours", 0) % {"num": 0} == "0 heure"
    assert ngettext("%(num)d hour", "%(num)d hours", 2) % {"num": 2} == "2 heures"
