"""What the columns of a microdata file are, and what their codes mean.

One row per code, or one per column without codes (docs/observatoire-microdonnees.md):

    colonne ; role ; libelle ; code ; libelle_code ; manquant ; multiple ; question ; correspondance
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.translation import gettext as _

from fairealliance.lib.tabular import Layout, open_table
from fairealliance.lib.text_fr import fold
from fairealliance.observatory.microdata.errors import Refused

WEIGHT, QUESTION, ACTOR, TERRITORY, GROUP, STRATUM, UNIT = (
    "poids",
    "question",
    "acteur",
    "territoire",
    "groupe",
    "strate",
    "unite",
)
ROLES = (WEIGHT, QUESTION, ACTOR, TERRITORY, GROUP, STRATUM, UNIT)
_COLUMNS = ("colonne", "role", "libelle", "code", "libelle_code", "manquant", "multiple", "question", "correspondance")
_YES, _NO = ("oui", "1", "vrai", "x", "o"), ("", "non", "0", "faux", "n")


@dataclass(slots=True)
class Column:
    """One column. `separator` is not empty when a respondent may give several answers, told in one cell."""

    name: str
    role: str = QUESTION
    label: str = ""
    codes: dict[str, str] = field(default_factory=dict)
    missing: set[str] = field(default_factory=set)
    separator: str = ""
    question: str = ""  # the question it is one answer of, when each answer has its own column
    meaning: str = ""  # what the whole column corresponds to: a level of territory
    meanings: dict[str, str] = field(default_factory=dict)  # what a code does: a kind of actor, a territory

    @property
    def told(self) -> str:
        return self.label or self.name


@dataclass(frozen=True, slots=True)
class Codebook:
    """Columns by name. Those it does not name are of no use, save the ones asked for by name."""

    columns: dict[str, Column] = field(default_factory=dict)

    def with_role(self, *roles: str) -> list[Column]:
        return [column for column in self.columns.values() if column.role in roles]

    def one(self, role: str) -> Column | None:
        """The only column of that role. Raises Refused when there are two."""
        found = self.with_role(role)
        if len(found) > 1:
            raise Refused(
                _("Le dictionnaire a %(found)s colonnes « %(role)s » : il en faut une seule.")
                % {"found": len(found), "role": role}
            )
        return found[0] if found else None


def read_codebook(path: Path) -> Codebook:
    """Raises Unreadable (Refused is one), with the line in French."""
    name = path.name
    columns: dict[str, Column] = {}
    for line, cells in _rows(path, name):
        where = f"Dictionnaire « {name} », ligne {line}"
        try:
            _take(columns, cells)
        except ValueError as error:
            raise Refused(f"{where} : {error}") from error
    if not columns:
        raise Refused(_("Le dictionnaire « %(name)s » ne décrit aucune colonne.") % {"name": name})
    return Codebook(columns)


def _rows(path: Path, name: str) -> Iterator[tuple[int, dict[str, str]]]:
    table = open_table(path, Layout())
    known = {fold(column).replace(" ", "_"): column for column in table.header}
    if "colonne" not in known:
        raise Refused(
            _("Le dictionnaire « %(name)s » doit avoir une colonne « colonne » (et %(others)s).")
            % {"name": name, "others": ", ".join(_COLUMNS[1:])}
        )
    wanted = [known.get(column, "") for column in _COLUMNS]
    for batch in table.batches(wanted, 1000):
        if batch.misshapen:
            wrong = batch.misshapen[0]
            raise Refused(
                _("Dictionnaire « %(name)s », ligne %(line)s : %(found)s cases au lieu de %(expected)s.")
                % {"name": name, "line": wrong.line, "found": wrong.found, "expected": wrong.expected}
            )
        for line, *cells in zip(batch.lines, *batch.columns, strict=True):
            told = {key: " ".join(cell.split()) for key, cell in zip(_COLUMNS, cells, strict=True)}
            if any(told.values()):
                yield line, told


def _take(columns: dict[str, Column], cells: dict[str, str]) -> None:
    """Raises ValueError, in French, for a row that contradicts itself or an earlier one."""
    name = cells["colonne"]
    if not name:
        raise ValueError(_("la case « colonne » est vide."))
    role = fold(cells["role"]) if cells["role"] else ""
    if role and role not in ROLES:
        raise ValueError(
            _("le rôle « %(cell)s » n’existe pas ; les rôles sont %(roles)s.")
            % {"cell": cells["role"], "roles": ", ".join(ROLES)}
        )
    column = columns.setdefault(name, Column(name, role or QUESTION))
    if role and role != column.role:
        raise ValueError(
            _("la colonne « %(name)s » a déjà le rôle « %(role)s ».") % {"name": name, "role": column.role}
        )
    column.label = column.label or cells["libelle"]
    column.separator = column.separator or _separator(cells["multiple"])
    column.question = column.question or cells["question"]
    if not cells["code"]:
        column.meaning = column.meaning or cells["correspondance"]
    _take_code(column, cells)


def _take_code(column: Column, cells: dict[str, str]) -> None:
    code = cells["code"]
    missing = _flag(cells["manquant"])
    if not code:
        if missing:
            raise ValueError(_("« manquant » veut un code dans la même ligne."))
        return
    if code in column.codes:
        raise ValueError(
            _("le code « %(code)s » de la colonne « %(name)s » est donné deux fois.")
            % {"code": code, "name": column.name}
        )
    column.codes[code] = cells["libelle_code"] or code
    if cells["correspondance"]:
        column.meanings[code] = cells["correspondance"]
    if missing:
        column.missing.add(code)


def _flag(raw: str) -> bool:
    if fold(raw) in _YES:
        return True
    if fold(raw) in _NO:
        return False
    raise ValueError(_("« manquant » vaut oui ou non, pas « %(raw)s ».") % {"raw": raw})


def _separator(raw: str) -> str:
    """`oui` means the vertical bar; a sign of punctuation is itself."""
    if len(raw) == 1 and not raw.isalnum():
        return raw
    if fold(raw) in _NO:
        return ""
    if fold(raw) in _YES:
        return "|"
    raise ValueError(
        _("« multiple » vaut oui, non ou le signe qui sépare les réponses, pas « %(raw)s ».") % {"raw": raw}
    )
