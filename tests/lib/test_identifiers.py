"""Our SIREN check agrees with python-stdnum's, whatever the digits."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.fr import siren

from fairealliance.lib.identifiers import clean_siren


@given(st.text("0123456789", min_size=9, max_size=9))
def test_the_key_is_that_of_the_reference(digits):
    if siren.is_valid(digits):
        assert clean_siren(digits) == digits
    else:
        with pytest.raises(ValueError, match="clé de contrôle"):
            clean_siren(digits)


@pytest.mark.parametrize("raw", ["214 202 186", "214.202.186", " 214202186 "])
def test_separators_are_taken_off(raw):
    assert clean_siren(raw) == "214202186"


@pytest.mark.parametrize("raw", ["", "12345678", "²14202186", "２１４２０２１８６", "214202186x"])
def test_what_has_not_nine_digits_is_said(raw):
    with pytest.raises(ValueError, match="9 chiffres"):
        clean_siren(raw)
