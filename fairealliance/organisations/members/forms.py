"""What is asked of who joins, creates or invites."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fairealliance.lib.identifiers import clean_rna, clean_siren
from fairealliance.lib.typed import Line, Words
from fairealliance.lib.web_address import WebAddress
from fairealliance.organisations.enums import Role, Sphere
from fairealliance.territories import autocomplete
from fairealliance.territories.enums import Level
from fairealliance.territories.models import Territory

IN_COMMUNE = (Level.COMMUNE, Level.DELEGATED, Level.ASSOCIATED, Level.ARRONDISSEMENT)

ANY_PLACE = gettext_lazy("Une commune, une intercommunalité, un département ou une région : un nom, ou un code postal.")


class Day(forms.DateField):
    def __init__(self, **options: Any) -> None:
        widget = forms.DateInput({"type": "date", "class": "short"}, format="%Y-%m-%d")
        super().__init__(required=False, widget=widget, input_formats=["%Y-%m-%d", "%d/%m/%Y"], **options)


class Number(forms.CharField):
    """A SIREN or an RNA: its bare form, or None."""

    def __init__(self, cleaner: Any, **options: Any) -> None:
        super().__init__(required=False, max_length=30, **options)
        self._cleaner = cleaner

    def clean(self, value: Any) -> str | None:
        said = str(super().clean(value)).strip()
        if not said:
            return None
        try:
            return str(self._cleaner(said))
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error


class PlaceInput(forms.TextInput):
    """Shown with suggestions (`parts/fields.html`)."""


class Place(forms.CharField):
    """A territory, as `resolve_text` reads it: a ref, a code or a name; None when empty."""

    widget = PlaceInput

    def prepare_value(self, value: Any) -> Any:
        return f"{value.level}:{value.code}" if isinstance(value, Territory) else value

    def __init__(self, *, levels: tuple[str, ...] | None = None, **options: Any) -> None:
        super().__init__(max_length=200, **options)
        self._levels = levels

    def clean(self, value: Any) -> Territory | None:
        said = str(super().clean(value)).strip()
        if not said:
            return None
        found = autocomplete.resolve_text(said, levels=self._levels)
        if found.territory is None:
            raise forms.ValidationError(_unsure(said, [f"{each.name} ({each.context})" for each in found.candidates]))
        return found.territory


def _unsure(said: str, candidates: list[str]) -> str:
    if not candidates:
        return _("Nous ne connaissons pas « %(said)s ». Essayez un code postal.") % {"said": said}
    told = {"said": said, "names": " ; ".join(candidates[:5])}
    return _("Plusieurs lieux répondent à « %(said)s » : %(names)s. Précisez, ou donnez le code postal.") % told


class SphereChoice(forms.ChoiceField):
    """None is chosen beforehand: what nobody said is not known."""

    def __init__(self) -> None:
        super().__init__(
            label=gettext_lazy("Sphère"),
            help_text=gettext_lazy("Ce qu’elle est avant tout : nous cherchons des alliances d’une sphère à l’autre."),
            choices=[("", gettext_lazy("Choisissez")), *Sphere.choices],
            error_messages={"required": gettext_lazy("Choisissez sa sphère dans la liste.")},
        )


class Reasons(forms.Form):
    """What the secretariat judges by."""

    position = Line(
        label=gettext_lazy("Votre fonction"),
        help_text=gettext_lazy("Par exemple : présidente, directeur, chargée de mission."),
        max_length=120,
    )
    message = Words(
        label=gettext_lazy("Comment pouvons-nous vérifier que vous agissez pour elle ?"),
        help_text=gettext_lazy("Une page où votre nom figure, le nom d’un responsable, un numéro où vous rappeler…"),
        max_length=2_000,
        required=False,
    )


class CreateForm(Reasons):
    """An organisation that nobody knew."""

    name = Line(label=gettext_lazy("Nom de l’organisation"), max_length=300)
    sphere = SphereChoice()
    siren = Number(clean_siren, label="SIREN", help_text=gettext_lazy("Neuf chiffres."))
    rna = Number(clean_rna, label="RNA", help_text=gettext_lazy("Pour une association : W suivi de neuf signes."))
    seat = Place(levels=IN_COMMUNE, label=gettext_lazy("Commune du siège"))
    website = WebAddress(label=gettext_lazy("Site"), required=False, max_length=500)
    description = Words(label=gettext_lazy("Ce qu’elle fait"), required=False, max_length=3_000)
    field_order = ("name", "sphere", "siren", "rna", "seat", "website", "description", "position", "message")


class CodeForm(forms.Form):
    code = forms.CharField(
        label=gettext_lazy("Code reçu par courriel"),
        help_text=gettext_lazy("Six chiffres."),
        max_length=20,
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )


class RoleForm(forms.Form):
    role = forms.ChoiceField(label=gettext_lazy("Rôle"), choices=Role.choices, initial=Role.MEMBER)


class InviteForm(RoleForm):
    """No words of one's own: an invitation is no way to write to strangers."""

    email = forms.EmailField(
        label=gettext_lazy("Adresse de courriel"), max_length=254, widget=forms.EmailInput({"autocomplete": "off"})
    )
    field_order = ("email", "role")
