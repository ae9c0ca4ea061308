"""What an editor writes."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fairealliance.contributions.fields import Words, words_area
from fairealliance.contributions.suspicion import STAMP


class VersionForm(forms.Form):
    """Every act says which state of the thing the editor had before their eyes."""

    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, files: Any = None, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, files, initial=initial, auto_id=f"{type(self).__name__}_%s")


class QuestionForm(VersionForm):
    text = Words(label=_("Votre question"), widget=words_area(4), max_length=4000)
    page = forms.CharField(widget=forms.HiddenInput, max_length=400)

    @property
    def stamp(self) -> str:
        return str(self.cleaned_data[STAMP])


class DeclineForm(VersionForm):
    reason = Words(
        label=_("Le motif"),
        help_text=_("La personne le reçoit tel quel : dites-le comme à quelqu’un que vous croisez au marché."),
        widget=words_area(4),
        max_length=4000,
    )


class AcceptCorrectionForm(VersionForm):
    seen = forms.CharField(widget=forms.HiddenInput, required=False, strip=False)
    text = Words(
        label=_("Ce qui sera écrit"),
        help_text=_("Vous pouvez améliorer la formulation."),
        widget=words_area(6),
        max_length=8000,
        required=False,
        strip=True,
    )


class RefuseCorrectionForm(VersionForm):
    reason = Words(
        label=_("Le motif"),
        help_text=_("La personne le reçoit si elle a laissé un courriel."),
        widget=words_area(3),
        max_length=4000,
    )
