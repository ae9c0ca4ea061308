"""What an editor gives."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fairealliance.federation.mapping import kinds
from fairealliance.federation.template_file import template_kinds


def kind_choices() -> list[tuple[Any, list[tuple[str, str]]]]:
    """Our own templates first, since they are what people fill."""
    ours = template_kinds()
    named = {kind: mapping.label for kind, mapping in kinds().items()}
    others = sorted((label, kind) for kind, label in named.items() if kind not in ours)
    return [
        (_("Nos modèles à remplir"), [(kind, named[kind]) for kind in reversed(ours)]),
        (_("Fichiers publics connus"), [(kind, label) for label, kind in others]),
    ]


class GiveForm(forms.Form):
    """A file and what it is."""

    kind = forms.ChoiceField(label=_("Ce que contient le fichier"))
    file = forms.FileField(
        label=_("Le fichier"),
        help_text=_(
            "CSV ou XLSX, 60 Mo au plus. Il n’est pas importé tout de suite : vous verrez d’abord ce qu’il ferait."
        ),
        error_messages={"required": _("Choisissez un fichier."), "empty": _("Ce fichier est vide.")},
        allow_empty_file=False,
    )

    def __init__(self, data: Any = None, files: Any = None, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, files, initial=initial, auto_id="%s")
        chosen = self.fields["kind"]
        assert isinstance(chosen, forms.ChoiceField)
        chosen.choices = kind_choices()
