"""The columns of the file, in order, and the words its cells use for our codes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from fairealliance.lib.text_fr import fold
from fairealliance.observatory.enums import ActorKind, Break, Sign, State, Topic, Unit


@dataclass(frozen=True, slots=True)
class Column:
    """`needed`: the file must have it. `example` and `words` are for whoever fills it."""

    name: str
    words: Any
    example: str = ""
    needed: bool = False


COLUMNS = (
    Column("etude", _("Code de l’étude : lettres, chiffres, tirets. Vide : fait du titre."), "phare-institutions"),
    Column("titre", _("Titre de l’étude."), "PHARE-Institutions", needed=True),
    Column("programme", _("Programme dont elle fait partie."), "PHARE (2013-2018)"),
    Column("producteur", _("Qui la produit."), "Observatoire des partenariats"),
    Column("institut", _("Qui a fait le terrain."), "Comisis-OpinionWay"),
    Column("commanditaire", _("Qui l’a demandée."), "Le RAMEAU"),
    Column("acteur_etude", _("Qui a été interrogé : voir « acteur »."), "elus"),
    Column("debut", _("Début du terrain : 2016, 2016-11 ou 2016-11-03."), "2016-09"),
    Column("fin", _("Fin du terrain, de même."), "2016-11"),
    Column("dates_dites", _("La date comme la source la dit, si elle la dit autrement."), "automne 2016"),
    Column("population", _("Qui l’échantillon représente."), "maires et adjoints"),
    Column("methode", _("Mode de recueil, quotas, redressement."), "téléphone"),
    Column("echantillon", _("Nombre de personnes interrogées. Vide : non connu."), "304"),
    Column("rapport", _("Adresse du rapport."), "https://…"),
    Column("licence", _("Licence du rapport."), ""),
    Column("note", _("Ce qu’il faut savoir d’autre."), ""),
    Column("source_etude", _("Code de la source qui décrit l’étude."), "carenews-2017"),
    Column("source_etude_nom", _("Son nom, la première fois."), "Carenews, 11 mars 2017"),
    Column("source_etude_site", _("Son adresse."), "https://…"),
    Column("source_etude_page", _("Adresse de la page même."), ""),
    Column("source_etude_passage", _("Page, titre ou note où le lire."), "deuxième paragraphe"),
    Column("etat", _("brouillon ou publiee. Vide : brouillon, ou comme elle est si elle est déjà là."), "brouillon"),
    Column("question", _("Code de la question. Vide : fait du sujet."), "innovation"),
    Column(
        "sujet", _("Ce dont parle la question, en quelques mots."), "Les partenariats, source d’innovation", needed=True
    ),
    Column("formulation", _("La question mot pour mot. Vide : non connue."), "Pensez-vous que… ?"),
    Column("base", _("À qui elle a été posée, si ce n’est pas à tous."), "communes engagées"),
    Column("theme", _("conviction, pratique, fragilites, evaluation ou autre."), "conviction"),
    Column("unite", _("% ou /10."), "%"),
    Column("plusieurs_reponses", _("oui si l’on pouvait en donner plusieurs."), "non"),
    Column("reponse_code", _("Code de la réponse. Vide : fait de la réponse."), "source-innovation"),
    Column("reponse", _("La réponse."), "Sont source d’innovation", needed=True),
    Column("dont", _("Code de la réponse dont celle-ci est une partie."), ""),
    Column("acteur", _("citoyens, elus, dirigeants, associations, chercheurs ou organisations."), "elus", needed=True),
    Column("sous_groupe", _("Une partie d’entre eux."), "communes rurales"),
    Column("territoire", _("niveau:code, par exemple region:75. Vide : France entière."), ""),
    Column("part", _("Le chiffre. Vide : non connu."), "87", needed=True),
    Column("signe", _("< pour « moins de », > pour « plus de », ~ pour « environ », secret. Vide : exactement."), ""),
    Column("effectif", _("Nombre de personnes qui ont répondu à cette question."), "304"),
    Column("marge", _("Marge d’erreur, en points."), "5,6"),
    Column("dit", _("La phrase de la source, mot pour mot."), "87 % des maires…"),
    Column("ecart", _("En quoi cette source diffère des autres."), ""),
    Column(
        "note_chiffre", _("Ce que nous notons de ce chiffre : un calcul, une précaution. Jamais entre guillemets."), ""
    ),
    Column("source", _("Code de la source de ce chiffre."), "carenews-2017", needed=True),
    Column("source_nom", _("Son nom, la première fois."), "Carenews, 11 mars 2017"),
    Column("source_site", _("Son adresse."), "https://…"),
    Column("source_page", _("Adresse de la page même."), ""),
    Column("passage", _("Page, titre ou note où le lire."), "deuxième paragraphe"),
    Column("serie", _("Code d’une série dont cette réponse est une vague."), "elus-et-alliances"),
    Column("serie_titre", _("Titre de la série, la première fois."), "Les élus et les alliances"),
    Column("serie_phrase", _("Ce que montre son graphique, en une phrase."), "Neuf maires sur dix…"),
    Column("serie_note", _("Ce qu’il faut savoir d’autre."), ""),
    Column("serie_theme", _("Son thème : voir « theme »."), "conviction"),
    Column("serie_rang", _("Son rang sur la page : le plus petit vient en premier."), "10"),
    Column("vague", _("Rang de la vague dans la série. Vide : après les autres."), "2"),
    Column("rupture", _("Ce qui a changé depuis la vague d’avant : formulation, base, methode."), "formulation"),
    Column("rupture_mots", _("En quoi."), "on demande s’il est utile de « jouer collectif »"),
)
NAMES = tuple(column.name for column in COLUMNS)
NEEDED = tuple(column.name for column in COLUMNS if column.needed)

ACTORS = {
    "citoyens": ActorKind.CITIZENS,
    "elus": ActorKind.MAYORS,
    "dirigeants": ActorKind.COMPANIES,
    "associations": ActorKind.ASSOCIATIONS,
    "chercheurs": ActorKind.RESEARCHERS,
    "organisations": ActorKind.ORGANISATIONS,
}
TOPICS = {
    "conviction": Topic.CONVICTION,
    "pratique": Topic.PRACTICE,
    "fragilites": Topic.FRAGILITY,
    "evaluation": Topic.EVALUATION,
    "autre": Topic.OTHER,
}
BREAKS = {"formulation": Break.WORDING, "base": Break.BASE, "methode": Break.METHOD}
STATES = {"brouillon": State.DRAFT, "publiee": State.PUBLISHED}
UNITS = {"%": Unit.PERCENT, "/10": Unit.OUT_OF_TEN}
SECRET = "secret"  # noqa: S105 -- a figure known, and too small to be published
SIGNS = {"": Sign.EXACT, "=": Sign.EXACT, "<": Sign.LESS, ">": Sign.MORE, "~": Sign.ABOUT}
_ALSO = {"maires": "elus", "elus locaux": "elus", "entreprises": "dirigeants", "francais": "citoyens"}
_ALSO |= {
    "responsables associatifs": "associations",
    "dirigeants d entreprise": "dirigeants",
    "fragilite": "fragilites",
}
_ALSO |= {"pourcent": "%", "sur 10": "/10", "≈": "~", "environ": "~", "moins de": "<", "plus de": ">"}


def actor_word(code: str) -> str:
    return _word(ACTORS, code)


def topic_word(code: str) -> str:
    return _word(TOPICS, code)


def state_word(code: str) -> str:
    return _word(STATES, code)


def break_words(codes: Iterable[str]) -> str:
    return ", ".join(_word(BREAKS, code) for code in codes)


def sign_word(code: str, *, secret: bool) -> str:
    """Empty for an exact figure."""
    return SECRET if secret else "" if code == Sign.EXACT else code


def code_of(words: Mapping[str, TextChoices], cell: str) -> str | None:
    """The code a cell means, None when it means none. Our own codes and a few synonyms are understood."""
    text = " ".join(cell.split()).lower()
    for wanted in (text, fold(text) or text, _ALSO.get(text), _ALSO.get(fold(text))):
        if wanted is not None and wanted in words:
            return str(words[wanted].value)
    return next((str(code.value) for code in words.values() if code.value == text), None)


def _word(words: Mapping[str, TextChoices], code: str) -> str:
    return next((word for word, known in words.items() if known == code), "")
