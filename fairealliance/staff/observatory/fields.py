"""Fields that read what people write, and say in French what they cannot read. Nothing is required here: what a
survey needs is said by `observatory.checks`, all at once."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from fairealliance.lib.french_numbers import parse_decimal
from fairealliance.lib.typed import prose
from fairealliance.observatory import dates
from fairealliance.observatory.downloads import decimal_text
from fairealliance.territories.autocomplete import resolve_text


class Words(forms.CharField):
    """A line of text."""

    def __init__(self, label: Any, hint: Any = "", **options: Any) -> None:
        super().__init__(label=label, help_text=hint, required=False, **options)

    def to_python(self, value: Any) -> str:
        """As a file would give it: one kind of line's end, and no sign that a feed or a workbook refuses."""
        return prose(str(super().to_python(value) or ""))


class LongWords(Words):
    def __init__(self, label: Any, hint: Any = "") -> None:
        super().__init__(label, hint, widget=forms.Textarea(attrs={"rows": 2}))


class Number(Words):
    """`84`, `84 %`, `7,1`; None when empty."""

    def __init__(self, label: Any, hint: Any = "") -> None:
        super().__init__(label, hint, widget=forms.TextInput(attrs={"inputmode": "decimal", "size": 8}))

    def clean(self, value: Any) -> Decimal | None:
        bare = super().clean(value).replace("%", "").strip()
        try:
            return parse_decimal(bare) if bare else None
        except ValueError as error:
            raise forms.ValidationError(f"{error}.") from error

    def prepare_value(self, value: Any) -> Any:
        return decimal_text(value) if isinstance(value, Decimal) else value


class WholeNumber(Number):
    def clean(self, value: Any) -> Any:
        number = super().clean(value)
        if number is not None and number != int(number):
            raise forms.ValidationError(_("« %s » n’est pas un nombre entier.") % value)
        return None if number is None else int(number)


class PartialDate(Words):
    """`2016`, `11/2016`, `3 novembre 2016` → as precise as it was given."""

    def clean(self, value: Any) -> str:
        try:
            return dates.parse(super().clean(value))
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error


class Place(Words):
    """A territory by name, code or ref → its ref; "" for all of France."""

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        if not text:
            return ""
        found = resolve_text(text)
        if found.territory is not None:
            return found.territory.ref
        if found.candidates:
            listed = ", ".join(f"{each.name} ({each.ref})" for each in found.candidates[:5])
            raise forms.ValidationError(_("Plusieurs lieux portent ce nom : %s. Écrivez le code.") % listed)
        raise forms.ValidationError(_("Nous ne connaissons pas de lieu « %s ».") % text[:60])


def choice(label: Any, choices: list[tuple[str, Any]], hint: Any = "") -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices, required=False, help_text=hint)
