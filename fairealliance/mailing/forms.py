"""How often one is told of each kind."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fairealliance.accounts.models import User
from fairealliance.mailing import kinds
from fairealliance.mailing.enums import Rhythm
from fairealliance.mailing.models import Preference


class PreferencesForm(forms.Form):
    """One choice per kind that a room registered."""

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = dict(Preference.objects.filter(user=user).values_list("kind", "rhythm"))
        for kind in kinds.known():
            self.fields[kind.slug] = forms.ChoiceField(
                label=kind.label,
                help_text=kind.text,
                choices=Rhythm.choices,
                initial=chosen.get(kind.slug, kind.rhythm),
                error_messages={"invalid_choice": _("Choisissez un rythme de la liste."), "required": _("Choisissez.")},
            )

    def rhythms(self) -> dict[str, Rhythm]:
        return {slug: Rhythm(value) for slug, value in self.cleaned_data.items()}
