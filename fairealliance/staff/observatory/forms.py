"""The parts of the wave form: the study, its questions, their answers."""

from django import forms
from django.utils.translation import gettext_lazy as _

from fairealliance.observatory.enums import ActorKind, Break, Sign, Topic, Unit
from fairealliance.staff.observatory.fields import LongWords, Number, PartialDate, Place, WholeNumber, Words, choice

_KNOWN_SOURCES = {"list": "sources"}
ACTORS = [("", _("— choisir —")), *ActorKind.choices]


class StudyForm(forms.Form):
    """Who asked whom, when and how."""

    title = Words(_("Titre de l’étude"), _("Par exemple : Baromètre des alliances 2026, volet maires"), max_length=250)
    actor = choice(_("Qui a été interrogé"), ACTORS)
    started = PartialDate(_("Début du terrain"), _("Aussi précis que vous le savez : 2026, 11/2026, 3 novembre 2026"))
    ended = PartialDate(_("Fin du terrain"), _("De même"))
    sample_size = WholeNumber(_("Personnes interrogées"), _("Vide si vous ne le savez pas"))
    source = Words(
        _("D’où viennent ces chiffres"),
        _("Le rapport, la page, l’article. Un chiffre sans source ne vaut rien."),
        widget=forms.TextInput(attrs=_KNOWN_SOURCES),
    )
    url = Words(_("Son adresse"), "https://…")
    passage = Words(_("À quel endroit"), _("Page, titre, note"), max_length=300)
    producer = Words(_("Producteur"), max_length=200)
    institute = Words(_("Institut de sondage"), max_length=200)
    commissioner = Words(_("Commanditaire"), max_length=250)
    programme = Words(_("Programme"), max_length=120)
    population = Words(_("Population que l’échantillon représente"), max_length=300)
    method = LongWords(_("Méthode"), _("Mode de recueil, quotas, redressement"))
    report_url = Words(_("Adresse du rapport"), "https://…", max_length=500)
    licence = Words(_("Licence du rapport"), max_length=120)
    dates_told = Words(_("Date, si la source la dit autrement"), _("Par exemple : automne 2016"), max_length=120)
    note = LongWords(_("À savoir"))
    slug = forms.CharField(required=False, widget=forms.HiddenInput)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    MAIN = ("title", "actor", "started", "ended", "sample_size", "source", "url", "passage")

    def main_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.MAIN]

    def other_fields(self) -> list[forms.BoundField]:
        return [field for field in self.visible_fields() if field.name not in self.MAIN]


class QuestionForm(forms.Form):
    """What was asked."""

    label = Words(
        _("De quoi parle la question"), _("En quelques mots : la confiance dans les partenariats"), max_length=250
    )
    wording = LongWords(_("La question, mot pour mot"), _("Vide si vous ne la connaissez pas"))
    topic = choice(_("Thème"), Topic.choices)
    unit = choice(_("Les chiffres sont"), Unit.choices)
    multiple = forms.BooleanField(label=_("On pouvait donner plusieurs réponses"), required=False)
    base = Words(_("Posée à qui, si ce n’est pas à tous"), max_length=300)
    series = choice(_("Ajouter à une série"), [], _("Le premier chiffre de la question y devient une vague de plus."))
    break_kind = choice(_("Ce qui a changé depuis la vague d’avant"), [("", _("rien")), *Break.choices])
    break_words = Words(_("En quoi"), _("En quelques mots, si quelque chose a changé"), max_length=300)
    code = forms.CharField(required=False, widget=forms.HiddenInput)

    MAIN = ("label", "wording", "topic", "unit", "multiple")
    SERIES = ("series", "break_kind", "break_words")

    def main_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.MAIN]

    def series_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.SERIES]


class ResultForm(forms.Form):
    """An answer and its figure."""

    answer = Words(_("Réponse"), max_length=300)
    sign = choice(_("Signe"), [(Sign.EXACT.value, "="), *((s.value, s.label) for s in Sign if s != Sign.EXACT)])
    share = Number(_("Chiffre"))
    actor = choice(_("Qui répond"), [("", _("comme l’étude")), *ActorKind.choices])
    part_of = Words(_("Partie de quelle réponse"), _("Pour « dont indispensable » : écrivez la réponse entière, Utile"))
    subgroup = Words(_("Seulement une partie d’entre eux"), _("Par exemple : communes rurales"), max_length=120)
    territory = Place(_("Territoire"), _("Nom ou code ; vide pour la France entière"))
    n = WholeNumber(_("Combien ont répondu"))
    margin = Number(_("Marge d’erreur (points)"))
    secret = forms.BooleanField(label=_("Secret : trop peu de réponses pour être publié"), required=False)
    told = Words(_("La phrase de la source"), _("Mot pour mot : elle paraît entre guillemets"), max_length=300)
    differs = Words(_("En quoi cette source diffère des autres"), max_length=300)
    note = Words(_("Note"), _("Un calcul, une précaution : elle paraît sans guillemets"), max_length=300)
    source = Words(_("Autre source que celle de l’étude"), widget=forms.TextInput(attrs=_KNOWN_SOURCES))
    url = Words(_("Son adresse"), "https://…")
    passage = Words(_("À quel endroit"), _("Page, titre, note"), max_length=300)
    code = forms.CharField(required=False, widget=forms.HiddenInput)

    MAIN = ("answer", "share")

    def other_fields(self) -> list[forms.BoundField]:
        return [field for field in self.visible_fields() if field.name not in self.MAIN]

    def main_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.MAIN]

    @property
    def has_wrong_more(self) -> bool:
        return any(field.errors for field in self.other_fields())

    @property
    def is_blank(self) -> bool:
        """Neither an answer nor a figure: the row was not used."""
        return not (self["answer"].value() or self["share"].value())

    @property
    def has_more(self) -> bool:
        """Something stands in the folded part."""
        return any(f.value() for f in self.other_fields() if f.name != "sign") or self["sign"].value() not in (
            "",
            "=",
            None,
        )
