"""What is asked of who asks, answers and writes."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fairealliance.introductions.actions.leading import HUBS_OWN
from fairealliance.introductions.actions.writing import MOST_FILES_AT_ONCE, Named
from fairealliance.introductions.enums import Changed, EndReason, Lives
from fairealliance.lib.masking import masked
from fairealliance.lib.sent_files import Refused, take_document, take_photo
from fairealliance.lib.text_fr import squeeze, without_controls
from fairealliance.lib.typed import Line, Words
from fairealliance.matching.enums import RefusalReason
from fairealliance.organisations.autocomplete import suggest
from fairealliance.organisations.enums import AllianceKind
from fairealliance.organisations.members.forms import Day
from fairealliance.organisations.models import Organisation

_Choices = Iterable[tuple[str, Any]]
_REF = re.compile(r"organisation:\d{1,9}")
FILES = tuple(f"file_{number}" for number in range(MOST_FILES_AT_ONCE))


def _choices(known: _Choices) -> list[tuple[str, Any]]:
    return [("", gettext_lazy("Choisissez")), *((value, str(label).capitalize()) for value, label in known)]


class Plain(forms.Form):
    """The id of a field is its name."""

    def __init__(self, data: Any = None, files: Any = None, *, initial: Any = None) -> None:
        super().__init__(data, files, auto_id="%s", initial=initial)


class Sent(forms.FileField):
    """A photo, a PDF, an ODT or a DOCX: (its name, what is kept of it), or None."""

    def clean(self, value: Any, initial: Any = None) -> Named | None:
        file = super().clean(value, initial)
        if not isinstance(file, UploadedFile):
            return None
        name = squeeze(without_controls(file.name or "")) or _("fichier")
        take = take_photo if (file.content_type or "").startswith("image/") else take_document
        try:
            return name, take(file, file.size or 0)  # type: ignore[arg-type]
        except Refused as error:
            raise forms.ValidationError(_("« %(name)s » : %(why)s") % {"name": name, "why": error}) from error


class MessageForm(Plain):
    text = Words(label=gettext_lazy("Votre message"), max_length=4_000, rows=5)
    file_0 = Sent(label=gettext_lazy("Joindre un fichier"), required=False, max_length=200)
    file_1 = Sent(label=gettext_lazy("Un deuxième fichier"), required=False, max_length=200)
    file_2 = Sent(label=gettext_lazy("Un troisième fichier"), required=False, max_length=200)

    def __init__(self, data: Any = None, files: Any = None) -> None:
        super().__init__(data, files)
        for name in FILES:
            self.fields[name].widget.attrs["accept"] = "image/jpeg,image/png,image/webp,.pdf,.odt,.docx"

    def files_sent(self) -> list[Named]:
        return [sent for name in FILES if (sent := self.cleaned_data.get(name))]


def _tells_no_address(said: str) -> None:
    """A subject is read by both, and in mails, before either has said yes."""
    if masked(said) != said:
        raise forms.ValidationError(_("Sans adresse ni numéro : ils sont montrés une fois que les deux ont dit oui."))


class AskForm(Plain):
    """`own`: the organisations in whose name one may ask."""

    asker = forms.ModelChoiceField(
        queryset=Organisation.objects.none(),
        label=gettext_lazy("Au nom de quelle organisation ?"),
        empty_label=gettext_lazy("Choisissez"),
    )
    subject = Line(
        label=gettext_lazy("Sujet, en une phrase"),
        help_text=gettext_lazy("Par exemple : « Un local pour notre atelier vélo »."),
        max_length=120,
        validators=[_tells_no_address],
    )
    text = Words(
        label=gettext_lazy("Votre message"),
        help_text=gettext_lazy("Qui vous êtes, ce que vous aimeriez faire ensemble, ce que vous attendez d’eux."),
        max_length=4_000,
        rows=7,
    )

    def __init__(self, data: Any = None, *, own: Any, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        field = self.fields["asker"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = own


class Chosen(forms.CharField):
    """An organisation: `organisation:12`, its name, its SIREN or its RNA."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=200, **options)

    def clean(self, value: Any) -> Organisation:
        said = str(super().clean(value)).strip()
        hits = [said] if _REF.fullmatch(said) else [hit.ref for hit in suggest(said)]
        named = Organisation.objects.filter(pk__in=[int(ref.partition(":")[2]) for ref in hits]).order_by("pk")
        exact = [each for each in named if each.name == said]
        found = list(named) if len(named) == 1 else exact
        if len(found) != 1:
            names = " ; ".join(each.name for each in named)
            told = _("Plusieurs répondent : %s. Choisissez dans la liste, ou donnez le SIREN.") % names
            raise forms.ValidationError(told if names else _("Nous ne connaissons pas cette organisation."))
        return found[0]


class ProposeForm(Plain):
    """A catalyst for both."""

    first = Chosen(label=gettext_lazy("Première organisation"))
    second = Chosen(label=gettext_lazy("Seconde organisation"))
    subject = Line(label=gettext_lazy("Sujet, en une phrase"), max_length=120, validators=[_tells_no_address])
    text = Words(
        label=gettext_lazy("Votre message aux deux"),
        help_text=gettext_lazy("Pourquoi elles devraient se parler, et par quoi commencer."),
        max_length=4_000,
        rows=7,
    )


class DeclineForm(Plain):
    reason = forms.ChoiceField(label=gettext_lazy("Pourquoi ?"), choices=_choices(RefusalReason.choices))
    words = Words(
        label=gettext_lazy("En quelques mots"),
        help_text=gettext_lazy("L’autre organisation le lira."),
        max_length=1_000,
        rows=3,
        required=False,
    )


class EndForm(DeclineForm):
    reason = forms.ChoiceField(
        label=gettext_lazy("Pourquoi ?"),
        choices=_choices((value, label) for value, label in EndReason.choices if value not in HUBS_OWN),
    )


class FollowUpForm(Plain):
    lives = forms.ChoiceField(label=gettext_lazy("L’alliance vit-elle ?"), choices=_choices(Lives.choices))
    changed = forms.ChoiceField(label=gettext_lazy("Qu’a-t-elle changé ?"), choices=_choices(Changed.choices))
    words = Words(
        label=gettext_lazy("En quelques mots"),
        help_text=gettext_lazy("Lu par le secrétariat seulement, jamais publié."),
        max_length=1_000,
        rows=3,
        required=False,
    )


class BeginForm(Plain):
    kind = forms.ChoiceField(label=gettext_lazy("Quelle forme prend-elle ?"), choices=_choices(AllianceKind.choices))
    on = Day(
        label=gettext_lazy("Depuis quand ?"),
        help_text=gettext_lazy("Laissez vide pour aujourd’hui."),
    )

    def clean_on(self) -> date | None:
        said: date | None = self.cleaned_data["on"]
        if said and said > timezone.localdate():
            raise forms.ValidationError(_("Cette date n’est pas encore venue."))
        if said and said.year < 2000:
            raise forms.ValidationError(_("Vérifiez l’année."))
        return said
