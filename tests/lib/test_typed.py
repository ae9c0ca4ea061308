"""What people type, as forms keep it."""

import pytest
from django import forms

from fairealliance.lib.typed import Line, Words


class Typed(forms.Form):
    subject = Line(max_length=12)
    text = Words(max_length=13)


def test_one_line_and_several_less_what_nobody_types() -> None:
    form = Typed({"subject": " a \r\nBcc: b\x00 ", "text": " un\r\ndeux\rtrois "})
    assert form.is_valid()
    assert form.cleaned_data == {"subject": "a Bcc: b", "text": "un\ndeux\ntrois"}


def test_the_end_of_a_line_counts_for_one_as_in_browsers() -> None:
    assert Typed({"subject": "a", "text": "un\r\n" * 4 + "x"}).is_valid()


@pytest.mark.parametrize("said", ["\u200b", "\ufeff \u2060", "\u3164", "\u202e\u00ad"])
def test_what_nobody_sees_is_nothing(said: str) -> None:
    assert set(Typed({"subject": said, "text": said}).errors) == {"subject", "text"}


def test_nothing_turns_what_follows_the_other_way_round() -> None:
    form = Typed({"subject": "La \u202eHalle", "text": "de\u2066 \u2067nuit"})
    assert form.is_valid()
    assert form.cleaned_data == {"subject": "La Halle", "text": "de nuit"}


def test_joined_signs_stay() -> None:
    """A family is several people with joiners between them."""
    family = "👩\u200d👧"
    assert Typed({"subject": family, "text": family}).is_valid()
