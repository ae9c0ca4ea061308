"""Not for us, because…"""

from django import forms
from django.utils.translation import gettext_lazy as _

from fairealliance.lib.typed import Words
from fairealliance.matching.actions import LONGEST_NOTE
from fairealliance.matching.enums import RefusalReason


class RefusalForm(forms.Form):
    """The reason is asked, so that it can be taken into account."""

    reason = forms.ChoiceField(
        label=_("Pourquoi ?"),
        choices=[("", _("Choisissez")), *((value, label) for value, label in RefusalReason.choices)],
        error_messages={"required": _("Choisissez une raison."), "invalid_choice": _("Choisissez une raison.")},
    )
    note = Words(
        label=_("Précision"),
        help_text=_("Pour votre équipe : l’autre organisation ne la voit pas."),
        max_length=LONGEST_NOTE,
        required=False,
    )
