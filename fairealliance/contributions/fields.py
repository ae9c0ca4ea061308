"""Fields as people fill them: thin spaces in numbers, « 12 000 € », a year."""

import re
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fairealliance.lib.text_fr import without_controls

BLANK_CHOICE = ("", gettext_lazy("je ne sais pas"))
_EARLIEST = 1900
_ROUGHLY = re.compile(r"^(?:environ|env\.|autour de|à peu près|près de|~|≈)\s*", re.IGNORECASE)
_EUROS = re.compile(r"(?:€|euros?|eur)$", re.IGNORECASE)


def words_area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class Words(forms.CharField):
    """Text, less what nobody types."""

    default_error_messages = {"required": gettext_lazy("Cette réponse est nécessaire.")}

    def to_python(self, value: Any) -> str:
        return str(super().to_python(without_controls(value) if isinstance(value, str) else value))


class Year(forms.CharField):
    """A year, or None."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "maxlength": 4, "class": "short"})

    def clean(self, value: Any) -> int | None:
        said = str(super().clean(value)).strip()
        if not said:
            return None
        latest = timezone.localdate().year + 5
        if not (said.isascii() and said.isdecimal() and len(said) == 4) or not _EARLIEST <= int(said) <= latest:
            raise forms.ValidationError(_("Une année en quatre chiffres, par exemple 2023."))
        return int(said)


def is_rough(said: str) -> bool:
    """« environ 12 000 € »: whoever says it knows no better, which is to be told with the figure."""
    return _ROUGHLY.match(said.strip()) is not None


class Money(forms.CharField):
    """Euros, or None: « 12 000 », « 12000,50 € », « environ 12 000 euros »."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "maxlength": 40, "class": "short"})

    def clean(self, value: Any) -> Decimal | None:
        said = _ROUGHLY.sub("", str(super().clean(value)).strip())
        said = _EUROS.sub("", "".join(said.split())).replace(",", ".")
        if not said:
            return None
        try:
            amount = Decimal(said).quantize(Decimal("0.01"))
        except InvalidOperation:
            amount = Decimal(-1)
        if not amount.is_finite() or not 0 <= amount < Decimal(10) ** 12:
            raise forms.ValidationError(_("Un montant en euros, par exemple 12 000 ou 12 000,50."))
        return amount
