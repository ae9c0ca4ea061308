"""A need or an offer as it is typed. What was typed is kept whether right or not; publishing asks that it be right."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fairealliance.goals.vocabulary import GOALS
from fairealliance.lib.french_numbers import parse_decimal
from fairealliance.lib.text_fr import without_controls
from fairealliance.lib.typed import Line, Words
from fairealliance.needs.enums import Side, Visibility
from fairealliance.organisations.enums import Exchange
from fairealliance.organisations.members.forms import Day, Place
from fairealliance.territories.models import Territory

PLACES = ("place_0", "place_1", "place_2")
LISTS = ("goals", "goals_seen")
_LONGEST_RAW = 20_000
_MOST = Decimal(10) ** 10
_CENT = Decimal("0.01")


class Euros(forms.CharField):
    """« 12 000 », « 12000,50 € », or None."""

    def clean(self, value: Any) -> Decimal | None:
        said = str(super().clean(value)).strip()
        if not said:
            return None
        try:
            amount = parse_decimal(said).quantize(_CENT)  # before it is compared: rounding up adds a digit
        except (ValueError, InvalidOperation):
            amount = _MOST
        if amount < 0:
            raise forms.ValidationError(_("Un montant ne peut pas être négatif."))
        if amount >= _MOST:
            raise forms.ValidationError(_("Un montant en euros, par exemple 12 000 ou 12 000,50."))
        return amount


class NeedForm(forms.Form):
    """`data` is what was typed: `Need.content`."""

    title = Line(
        label=gettext_lazy("En une phrase"),
        help_text=gettext_lazy("Par exemple : « Un local de 40 m² pour un atelier vélo », « Deux jours de conseil »."),
        max_length=200,
    )
    exchange = forms.ChoiceField(
        label=gettext_lazy("De quoi s’agit-il ?"),
        choices=[
            ("", gettext_lazy("Choisissez")),
            *((value, str(label).capitalize()) for value, label in Exchange.choices),
        ],
    )
    challenge = Words(
        label=gettext_lazy("Pour quel défi ?"),
        help_text=gettext_lazy(
            "Ce que cela doit changer, et pour qui. Nous y lisons des objectifs, à cocher s’ils sont les vôtres."
        ),
        max_length=2_000,
    )
    description = Words(label=gettext_lazy("Précisions"), rows=6, max_length=4_000, required=False)
    goals = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Objectifs de développement durable"),
        coerce=int,
        choices=[(number, goal.short) for number, goal in GOALS.items()],
        required=False,
    )
    place_0 = Place(label=gettext_lazy("Où ?"), required=False)
    place_1 = Place(label=gettext_lazy("Et aussi"), required=False)
    place_2 = Place(label=gettext_lazy("Et encore"), required=False)
    is_remote = forms.BooleanField(label=gettext_lazy("Possible à distance"), required=False)
    starts_on = Day(label=gettext_lazy("À partir du"))
    ends_on = Day(label=gettext_lazy("Jusqu’au"))
    quantity = Line(
        label=gettext_lazy("Combien ?"),
        help_text=gettext_lazy("Par exemple : « deux demi-journées par mois », « 30 chaises »."),
        max_length=120,
        required=False,
    )
    amount = Euros(
        label=gettext_lazy("Montant en euros"),
        max_length=40,
        required=False,
        widget=forms.TextInput({"inputmode": "decimal", "class": "short"}),
    )
    conditions = Words(
        label=gettext_lazy("À quelles conditions ?"),
        help_text=gettext_lazy("Ce qui est demandé ou offert en retour, ce qui n’est pas possible."),
        max_length=2_000,
        required=False,
    )
    visibility = forms.ChoiceField(
        label=gettext_lazy("Qui peut le voir ?"),
        choices=[(value, str(label).capitalize()) for value, label in Visibility.choices],
        initial=Visibility.PUBLIC,
    )

    def __init__(self, data: Mapping[str, Any], side: str = Side.NEED) -> None:
        super().__init__({"visibility": Visibility.PUBLIC, **data}, auto_id="%s")
        if side == Side.OFFER:
            self.fields["challenge"].label = _("À quel défi cela peut-il répondre ?")
            self.fields["conditions"].help_text = _("Pour qui, à quelles dates, ce que vous attendez en retour.")

    @classmethod
    def raw(cls, sent: QueryDict) -> dict[str, Any]:
        """What was typed, as it will be kept: names of ours only, of a length a database can bear."""
        found: dict[str, Any] = {
            name: [without_controls(each)[:3] for each in sent.getlist(name)[:40]] for name in LISTS
        }
        for name in cls.base_fields:
            if name not in LISTS:
                said = without_controls(str(sent.get(name, ""))).replace("\r\n", "\n")
                found[name] = said.strip()[:_LONGEST_RAW]
        return found

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        self._check_dates(cleaned)
        cleaned["places"] = self._places(cleaned)
        if not cleaned["places"] and not cleaned.get("is_remote") and not any(name in self.errors for name in PLACES):
            self.add_error(
                "place_0", _("Dites au moins un lieu (une commune, un département, France…), ou « à distance ».")
            )
        return cleaned

    def _check_dates(self, cleaned: dict[str, Any]) -> None:
        start, end = cleaned.get("starts_on"), cleaned.get("ends_on")
        if end and end < timezone.localdate():
            self.add_error("ends_on", _("Cette date est déjà passée."))
        if start and end and end < start:
            self.add_error("ends_on", _("La fin vient avant le début : vérifiez les deux dates."))

    def _places(self, cleaned: dict[str, Any]) -> list[Territory]:
        found = {place.pk: place for name in PLACES if (place := cleaned.get(name))}
        return list(found.values())

    def told(self) -> list[str]:
        """What is wrong, each with the name of its field."""
        return [f"{self.fields[name].label} : {' '.join(map(str, errors))}" for name, errors in self.errors.items()]
