"""Invented content for the gallery: every component in every state, nothing to be taken for a fact."""

from dataclasses import dataclass
from typing import Any

from django import forms

from fairealliance.design import charts
from fairealliance.design.plots import Bar, Bars, Words

CHART = Bars(
    Words(
        "Quatre habitants sur cinq diraient oui", "Oui 81 %, non 9 ou 11 %, sans réponse non connu. Exemple inventé."
    ),
    (
        Bar("Oui", 81, tone="citoyens"),
        Bar("dont tout de suite", 29, tone="citoyens", inside=1),
        Bar("Non", 9, high=11, tone="citoyens", note="deux sources"),
        Bar("Sans réponse", None),
    ),
)
ERROR_PAGES = (400, 403, 404, 500, 503)
GOALS = {
    1: "Pas de pauvreté",
    2: "Faim « zéro »",
    3: "Bonne santé et bien-être",
    4: "Éducation de qualité",
    5: "Égalité entre les sexes",
    6: "Eau propre et assainissement",
    7: "Énergie propre et d’un coût abordable",
    8: "Travail décent et croissance économique",
    9: "Industrie, innovation et infrastructure",
    10: "Inégalités réduites",
    11: "Villes et communautés durables",
    12: "Consommation et production responsables",
    13: "Lutte contre les changements climatiques",
    14: "Vie aquatique",
    15: "Vie terrestre",
    16: "Paix, justice et institutions efficaces",
    17: "Partenariats pour la réalisation des objectifs",
}


@dataclass(frozen=True, slots=True)
class Option:
    """A line of a facet."""

    value: str
    label: str
    count: int | None
    selected: bool = False


class SampleForm(forms.Form):
    """Fields with and without hint, error and obligation."""

    name = forms.CharField(label="Nom de l’organisation", help_text="Tel qu’il est déclaré.")
    siren = forms.CharField(label="SIREN", help_text="Neuf chiffres.")
    sphere = forms.ChoiceField(
        label="Sphère",
        choices=[("association", "Association"), ("entreprise", "Entreprise")],
        required=False,
    )
    story = forms.CharField(label="Ce qui a été fait", widget=forms.Textarea(attrs={"rows": 3}), required=False)

    def clean_siren(self) -> str:
        """Always refused, to show an error."""
        raise forms.ValidationError("Ce numéro SIREN n’existe pas : vérifiez le dernier chiffre.")


def _cards() -> list[dict[str, Any]]:
    common = {
        **dict.fromkeys(("kicker", "territory", "when", "source"), ""),
        **dict.fromkeys(("spheres", "goals", "reasons"), ()),
        "href": "#cartes",
        "is_demo": True,
    }
    return [
        {
            **common,
            "kind": "practice",
            "title": "Trois garages et un lycée remettent quarante jeunes en route",
            "territory": "Valbrune (Loire)",
            "when": 2023,
            "spheres": ["association", "entreprise", "collectivite"],
            "goals": [4, 8, 17],
            "summary": "La commune prête un atelier, les garagistes donnent une matinée par semaine, "
            "l’association suit chaque jeune pendant un an. Sept sur dix ont repris une formation.",
            "reasons": [
                "Répond à « décrochage scolaire »",
                "Commune comparable : même taille, même part de jeunes",
            ],
        },
        {
            **common,
            "kind": "practice",
            "title": "Un café tenu à deux, ouvert à tous",
            "territory": "Saint-Aubry (Creuse)",
            "when": 2021,
            "spheres": ["association", "collectivite", "citoyens"],
            "goals": [3, 11],
            "summary": "Le dernier café avait fermé. La mairie garde les murs, une association s’en sert.",
        },
        {
            **common,
            "kind": "organisation",
            "title": "Les Ateliers du Pont",
            "territory": "Montclar (Gard)",
            "spheres": ["association"],
            "goals": [8],
            "summary": "Chantiers d’insertion, recyclerie et accompagnement vers l’emploi.",
            "reasons": ["À 12 km de chez vous"],
        },
        {
            **common,
            "kind": "resource",
            "kicker": "Guide",
            "title": "Poser les bases d’une alliance en trois réunions",
            "when": 2022,
            "goals": [17],
            "summary": "Une trame d’ordre du jour, les questions à poser, un modèle de compte rendu.",
            "source": "Réseau inventé",
        },
        {
            **common,
            "kind": "territory",
            "kicker": "Commune",
            "title": "Valbrune",
            "territory": "Loire, Auvergne-Rhône-Alpes",
            "summary": "3 214 habitants en 2022.",
        },
    ]


def _figures() -> list[dict[str, Any]]:
    blank = {"value": None, "unit": "", "decimals": 0, "state": "known", "text": "", "place": ""}
    blank |= {"source": "Institut inventé", "vintage": "2022"}
    rows: list[dict[str, Any]] = [
        {"label": "Habitants", "value": 1234567},
        {
            "label": "Taux de pauvreté",
            "value": 14.5,
            "decimals": 1,
            "unit": "%",
            "place": "plus haut que 7 territoires comparables sur 10",
        },
        {"label": "Jeunes sans emploi ni formation", "value": 0, "unit": "%"},
        {"label": "Niveau de vie médian", "state": "secret"},
        {"label": "Nombre d’associations", "state": "unavailable"},
        {"label": "Quartiers prioritaires", "state": "not_applicable"},
        {"label": "Type d’espace", "text": "Bourg rural"},
    ]
    return [{**blank, **row} for row in rows]


def _points() -> list[dict[str, Any]]:
    places = [
        (300, 190, "Valbrune", "", "own"),
        (214, 120, "Saint-Aubry", "association", ""),
        (380, 96, "Montclar", "entreprise", ""),
        (420, 236, "Le Pré-Haut", "collectivite", ""),
        (160, 262, "Les Essarts (lieu approché)", "", "approximate"),
    ]
    return [
        {
            "x": x,
            "y": y,
            "label": label,
            "sphere": sphere,
            "number": number,
            "level": level,
            "href": "#carte",
            "ref": f"p{number}",
        }
        for number, (x, y, label, sphere, level) in enumerate(places, start=1)
    ]


def gallery() -> dict[str, Any]:
    """The context of the gallery page."""
    form = SampleForm({"name": "Les Ateliers du Pont", "siren": "123456789"})
    neighbours = [
        ("Saint-Aubry", 9.2),
        ("Montclar", 11.8),
        ("Le Pré-Haut", 12.4),
        ("Les Essarts", 13.1),
        ("Orval", 17.6),
    ]
    cards = _cards()
    return {
        "breadcrumb": [
            ("Accueil", "/"),
            ("Territoires", "/territoires/"),
            ("Loire", "#fil"),
            ("Valbrune", ""),
        ],
        "marks": [
            ([], "Personne encore"),
            (["association"], "Une sphère"),
            (["association", "entreprise"], "Deux se rencontrent"),
            (["entreprise", "collectivite"], "Deux se rencontrent"),
            (["association", "entreprise", "collectivite"], "L’alliance"),
        ],
        "spheres": ["association", "entreprise", "collectivite", "etat", "academique", "citoyens"],
        "goals": GOALS,
        "form": form,
        "cards": cards,
        "figures": _figures(),
        "strip": charts.strip(("Valbrune", 14.5), neighbours, unit="%", decimals=1),
        "options": [
            Option("practice", "Exemples", 1248, selected=True),
            Option("organisation", "Organisations", 23456),
            Option("resource", "Outils et méthodes", 312),
            Option("territory", "Territoires", 0),
        ],
        "regions": [Option(str(code), f"Région inventée {code}", 100 - code) for code in range(1, 14)],
        "steps": [
            {
                "title": "Appeler Les Ateliers du Pont",
                "text": "Elles ont mené le cas le plus proche du vôtre.",
                "when": "lundi",
            },
            {
                "title": "Réunir trois personnes autour d’une table",
                "text": "Un élu, une entreprise, une association.",
                "when": "dans le mois",
            },
            {"title": "Lire la méthode en trois réunions", "href": "#etapes"},
        ],
        "points": _points(),
        "contours": ["M60 150 130 70 250 44 360 40 470 80 540 180 500 290 390 340 250 350 120 320 70 240Z"],
        "notices": [
            ("info", "Bon à savoir", "Cette commune a fusionné en 2019 : voici la commune d’aujourd’hui."),
            ("success", "C’est enregistré", "Votre fiche a une adresse : vous pouvez la partager."),
            ("warning", "Territoire ambigu", "Quatre communes portent ce nom. Laquelle est la vôtre ?"),
            (
                "error",
                "Cette recherche n’a pas pu aboutir",
                "L’index se reconstruit. Le reste du site fonctionne.",
            ),
        ],
        "errors": ERROR_PAGES,
    }
