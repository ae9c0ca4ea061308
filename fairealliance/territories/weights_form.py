"""How much each criterion weighs in the comparison, as the mayor chooses."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fairealliance.territories.comparable import clean_weights
from fairealliance.territories.traits import GROUPS

_PREFIX = "poids-"
_CHOICES = [
    ("0", gettext_lazy("n’en pas tenir compte")),
    ("1", gettext_lazy("un peu")),
    ("2", gettext_lazy("important")),
    ("3", gettext_lazy("décisif")),
]


class WeightsForm(forms.Form):
    """One list per criterion. What is left out keeps its usual weight."""

    def __init__(self, data: Mapping[str, Any] | None = None) -> None:
        usual = {f"{_PREFIX}{group}": str(weight) for group, (_label, weight) in GROUPS.items()}
        # A bound form shows only what it was given: criteria left out of the address get their usual weight.
        given = None if data is None else {**usual, **{k: v for k, v in data.items() if k in usual}}
        super().__init__(given, auto_id="%s")
        for group, (label, weight) in GROUPS.items():
            self.fields[f"{_PREFIX}{group}"] = forms.ChoiceField(
                label=str(label),
                choices=_CHOICES,
                initial=str(weight),
                error_messages={"invalid_choice": gettext_lazy("Choisissez dans la liste.")},
            )

    @staticmethod
    def is_sent(data: Mapping[str, Any]) -> bool:
        return any(name.startswith(_PREFIX) for name in data)

    def clean(self) -> dict[str, Any]:
        """At least one criterion must weigh."""
        cleaned = super().clean() or {}
        if not self.errors:
            try:
                clean_weights(self._groups(cleaned))
            except ValueError as error:
                raise forms.ValidationError(str(error)) from error
        return cleaned

    def holds(self) -> bool:
        """Nothing sent, or everything sent is right."""
        return not self.is_bound or self.is_valid()

    def weights(self) -> dict[str, int] | None:
        """Group → weight; None (the usual weights) when nothing right was sent."""
        return self._groups(self.cleaned_data) if self.is_bound and self.is_valid() else None

    @property
    def problem(self) -> str:
        """What is wrong, in a sentence; nothing when all is right."""
        if self.holds():
            return ""
        own = self.non_field_errors()
        return str(own[0]) if own else _("Un des poids choisis n’existe pas : les poids habituels sont gardés.")

    @staticmethod
    def _groups(cleaned: Mapping[str, Any]) -> dict[str, int]:
        return {name.removeprefix(_PREFIX): int(value) for name, value in cleaned.items()}
