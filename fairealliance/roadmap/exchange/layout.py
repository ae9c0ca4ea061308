"""The columns and the kinds of line. Documented for people in docs/feuille-de-route.md."""

from dataclasses import dataclass

COLUMNS = (
    "ligne",
    "numero",
    "mesure",
    "titre",
    "texte",
    "modalites",
    "resultats_attendus",
    "dimension",
    "chantier",
    "force",
    "levier",
    "delai_min",
    "delai_max",
    "debut",
    "fin",
    "rythme",
    "date",
    "version",
    "date_version",
    "motif",
    "resultat",
    "suite",
    "auteur",
    "reference",
    "unite",
    "depart",
    "date_depart",
    "cible",
    "date_cible",
    "valeur",
    "source",
    "adresse",
)
NUMERIC = frozenset({"delai_min", "delai_max", "rythme", "version", "depart", "cible", "valeur"})


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a file: its number there, and its cells by column, none of them empty."""

    number: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")


# In the order they are read: a line may name only what stands in a line of an earlier kind, or is there already.
# Kind → the columns it must fill, the columns it may fill.
KINDS: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    "programme": (
        frozenset({"numero", "titre", "debut"}),
        frozenset({"texte", "fin", "rythme", "source", "adresse"}),
    ),
    "dimension": (frozenset({"numero", "titre"}), frozenset({"texte", "delai_min", "delai_max", "date_version"})),
    "chantier": (frozenset({"numero", "titre"}), frozenset({"texte", "date_version"})),
    "mesure": (
        frozenset({"numero", "titre", "dimension"}),
        frozenset(
            {"texte", "modalites", "resultats_attendus", "chantier", "delai_min", "delai_max", "debut"}
            | {"version", "date_version", "motif"}
        ),
    ),
    "facilitateur": (frozenset({"mesure", "titre"}), frozenset({"reference", "debut", "fin", "date_version"})),
    "indicateur": (
        frozenset({"mesure", "numero", "titre"}),
        frozenset({"unite", "depart", "date_depart", "cible", "date_cible", "date_version"}),
    ),
    "lien": (frozenset({"mesure", "reference"}), frozenset()),
    "bilan": (
        frozenset({"mesure", "date", "texte"}),
        frozenset({"version", "date_version", "motif", "resultat", "suite", "auteur"}),
    ),
    "releve": (frozenset({"mesure", "numero", "date", "valeur"}), frozenset({"version"})),
    "avancement": (frozenset({"chantier", "date", "texte"}), frozenset({"version", "date_version", "motif"})),
    "force": (frozenset({"numero", "titre"}), frozenset({"texte", "date_version"})),
    "levier": (frozenset({"numero"}), frozenset({"titre", "texte", "date_version"})),
    "illustration": (frozenset({"titre"}), frozenset({"force", "levier", "adresse", "debut", "date_version"})),
    "declaration": (
        frozenset({"numero", "titre", "date", "source"}),
        frozenset({"texte", "resultat", "adresse", "date_version"}),
    ),
    "introduction": (frozenset({"date", "titre", "texte"}), frozenset({"version", "date_version", "motif"})),
}
ORDER = {kind: place for place, kind in enumerate(KINDS)}

RESULTS = {
    "dépassé": "exceeded",
    "atteint": "met",
    "partiel": "partly",
    "non atteint": "not_met",
    "non renseigné": "not_reported",
}
RESULT_WORDS = {value: word for word, value in RESULTS.items()}
