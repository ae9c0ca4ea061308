"""Whom to let into the desk."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fairealliance.staff.people import editors

WRITER = "redaction"
_ROLES = [
    ("secretariat", gettext_lazy("Secrétariat : écrit, relit, publie, et tient tout le bureau")),
    (WRITER, gettext_lazy("Rédaction : écrit des pages, que le secrétariat relit et publie")),
]


class InviteForm(forms.Form):
    """A person, and what they will do."""

    email = forms.EmailField(label=gettext_lazy("Courriel"), max_length=254)
    name = forms.CharField(label=gettext_lazy("Prénom et nom"), max_length=200, required=False)
    role = forms.ChoiceField(label=gettext_lazy("Rôle"), choices=_ROLES, widget=forms.RadioSelect)

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"].lower()
        if editors().filter(email=email).exists():
            raise forms.ValidationError(_("Cette personne entre déjà au bureau : son nom, ci-dessus, mène à son rôle."))
        return email

    @property
    def told(self) -> dict[str, Any]:
        said = self.cleaned_data
        return {"email": said["email"], "name": said["name"], "is_writer_only": said["role"] == WRITER}
