"""Answers, groups and sampling design coded as small whole numbers, each code checked against the codebook."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from django.utils.translation import gettext as _

from fairealliance.lib.french_numbers import counted
from fairealliance.lib.text_fr import fold
from fairealliance.observatory.microdata.codebook import Codebook, Column
from fairealliance.observatory.microdata.errors import Refused
from fairealliance.observatory.microdata.reading import Microdata, texts

Codes = npt.NDArray[np.int16]
MISSING = -1
_BLANK = frozenset({"", ".", "na", "n/a", "#n/a", "nan", "null"})  # what statistics packages write for no answer
_MOST_ANSWERS, _MOST_GROUPS = 200, 2_000
_NOT_CHOSEN = frozenset({"", "0", "non", "faux", "no", "false"})


@dataclass(frozen=True, slots=True)
class Asked:
    """What is wanted of the file, by the names of its columns."""

    weight: str
    questions: tuple[str, ...]
    by: tuple[str, ...] = ()
    stratum: str = ""
    unit: str = ""
    missing: frozenset[str] = frozenset()  # codes that are no answer, besides those of the codebook


@dataclass(frozen=True, slots=True)
class Dimension:
    """A column to cross by. The code None is that of respondents for whom it is not known."""

    name: str
    label: str
    codes: tuple[str | None, ...]
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """One thing counted: the answers of a question, or whether one answer among several was given (yes, no)."""

    column: str
    question: str
    label: str
    codes: tuple[str, ...]
    labels: tuple[str, ...]
    multiple: bool = False


def option_columns(codebook: Codebook, question: str) -> list[Column]:
    """The columns that each hold one answer of `question`; none when it has a column of its own."""
    return [column for column in codebook.columns.values() if column.question == question]


@dataclass(slots=True)
class Reader:
    data: Microdata
    codebook: Codebook
    asked: Asked
    table: pa.Table

    def dimensions(self) -> tuple[tuple[Dimension, ...], npt.NDArray[np.int32]]:
        """The dimensions, and for each respondent the place of its group when they are laid in a row."""
        place = np.zeros(self.table.num_rows, np.int64)
        made: list[Dimension] = []
        for name in self.asked.by:
            column = self._column(name)
            codes, coded = self._coded(column, self._missing(column))
            unknown = bool((coded == MISSING).any())
            coded = np.where(coded == MISSING, len(codes), coded)
            labels = tuple(column.codes.get(code, code) for code in codes)
            made.append(
                Dimension(
                    name,
                    column.told,
                    (*codes, None) if unknown else codes,
                    (*labels, "Non renseigné") if unknown else labels,
                )
            )
            place = place * len(made[-1].codes) + coded
        groups = int(np.prod([len(each.codes) + 1 for each in made]))
        if groups > _MOST_GROUPS:
            raise Refused(
                _(
                    "Ce croisement ferait %(groups)s groupes (au plus %(most)s) : regroupez des codes, ou"
                    " croisez par moins de colonnes."
                )
                % {"groups": groups, "most": _MOST_GROUPS}
            )
        return tuple(made), place.astype(np.int32)

    def items(self) -> tuple[tuple[Item, ...], dict[str, Codes]]:
        items: list[Item] = []
        coded: dict[str, Codes] = {}
        for question in self.asked.questions:
            options = option_columns(self.codebook, question)
            column = options[0] if options else self._column(question)
            several = bool(options or column.separator)
            read = self._options(options) if options else self._answers(column)
            for codes, labels, values in read:
                name = f"item{len(items)}"
                label = (column.label or question) if not options else self._title(question)
                items.append(Item(name, question, label, codes, labels, several))
                coded[name] = values.astype(np.int16, copy=False)
                if not (values != MISSING).any():
                    raise Refused(
                        _("Personne n’a répondu à la question « %(question)s » : il n’y a rien à calculer.")
                        % {"question": question}
                    )
        return tuple(items), coded

    def design(self, name: str) -> tuple[list[str], npt.NDArray[np.int64]]:
        """A column of the sampling design: each respondent must have one."""
        values, places = texts(self.table, name)
        known = np.array([bool(value) for value in values] or [False])
        rows = places.fill_null(-1).to_numpy(zero_copy_only=False)
        wrong = np.flatnonzero((rows < 0) | ~known[rows])
        if wrong.size:
            line = self.data.line(int(wrong[0]))
            raise Refused(
                _("Colonne « %(name)s », ligne %(line)s : la strate ou l’unité manque (%(size)s).")
                % {"name": name, "line": line, "size": counted(wrong.size, _("ligne"), _("lignes"))}
            )
        return values, rows.astype(np.int64)

    def _title(self, question: str) -> str:
        titled = self.codebook.columns.get(question)
        return titled.told if titled else question

    def _column(self, name: str) -> Column:
        return self.codebook.columns.get(name) or Column(name)

    def _missing(self, column: Column) -> Callable[[str], bool]:
        def is_missing(code: str) -> bool:
            if code in column.missing or code in self.asked.missing:
                return True
            return code not in column.codes and code.lower() in _BLANK

        return is_missing

    def _coded(self, column: Column, is_missing: Callable[[str], bool]) -> tuple[tuple[str, ...], npt.NDArray]:
        """(codes in order, the place of each respondent's among them or MISSING)."""
        values, places = texts(self.table, column.name)
        self._refuse_unknown(column, values, places, is_missing)
        found = {value for value in values if not is_missing(value)}
        told = [code for code in column.codes if not is_missing(code)]
        codes = tuple(told or sorted(found, key=_natural))
        if len(codes) > _MOST_ANSWERS:
            raise Refused(
                _(
                    "La colonne « %(name)s » a %(codes)s valeurs différentes (au plus %(most)s) : ce n’est"
                    " pas une question à réponses fermées ni un groupe."
                )
                % {"name": column.name, "codes": len(codes), "most": _MOST_ANSWERS}
            )
        rank = {code: place for place, code in enumerate(codes)}
        return codes, _spread([MISSING if is_missing(value) else rank[value] for value in values], places)

    def _answers(self, column: Column) -> list[tuple[tuple[str, ...], tuple[str, ...], npt.NDArray]]:
        is_missing = self._missing(column)
        if not column.separator:
            codes, coded = self._coded(column, is_missing)
            return [(codes, tuple(column.codes.get(code, code) for code in codes), coded)]
        values, places = texts(self.table, column.name)
        chosen = [{" ".join(part.split()) for part in value.split(column.separator)} for value in values]
        answers = [{code for code in each if not is_missing(code)} for each in chosen]
        if column.codes:
            self._refuse_unknown(column, values, places, is_missing, chosen)
        told = [code for code in column.codes if not is_missing(code)]
        codes = tuple(told or sorted(set().union(*answers), key=_natural)) or ("",)
        return [
            (
                (code,),
                (column.codes.get(code, code),),
                _spread([MISSING if not each else int(code not in each) for each in answers], places),
            )
            for code in codes
        ]

    def _options(self, columns: Sequence[Column]) -> list[tuple[tuple[str, ...], tuple[str, ...], npt.NDArray]]:
        """One column per answer, whose codes not missing mean "chosen"; who left all of them blank is missing."""
        read = [self._option(column) for column in columns]
        silent = np.all([blank for _values, blank in read], axis=0)
        return [
            ((column.name,), (column.told,), np.where(silent, MISSING, values))
            for column, (values, _blank) in zip(columns, read, strict=True)
        ]

    def _option(self, column: Column) -> tuple[npt.NDArray, npt.NDArray]:
        values, places = texts(self.table, column.name)
        chosen = {code for code in column.codes if code not in column.missing} - _NOT_CHOSEN or {"1"}
        gone = column.missing | self.asked.missing
        for place, value in enumerate(values):
            if value not in chosen | gone and fold(value) not in _NOT_CHOSEN and value not in column.codes:
                self._refuse_code(column, value, places, place)
        coded = [0 if value in chosen else MISSING if value in gone else 1 for value in values]
        blank = [not value or value in gone for value in values]
        return _spread(coded, places, null=1), _spread([int(each) for each in blank], places, null=1).astype(bool)

    def _refuse_unknown(
        self,
        column: Column,
        values: list[str],
        places: pa.Array,
        is_missing: Callable[[str], bool],
        parts: list[set[str]] | None = None,
    ) -> None:
        if not column.codes:
            return
        for place, value in enumerate(values):
            for code in sorted(parts[place]) if parts else [value]:
                if code not in column.codes and not is_missing(code):
                    self._refuse_code(column, code, places, place)

    def _refuse_code(self, column: Column, code: str, places: pa.Array, place: int) -> None:
        rows = np.flatnonzero(places.fill_null(-1).to_numpy(zero_copy_only=False) == place)
        if not rows.size:
            return  # a value of the dictionary that no row uses
        raise Refused(
            _(
                "Colonne « %(name)s », ligne %(line)s : le code « %(code)s » n’est pas dans le"
                " dictionnaire (%(rows)s). Ajoutez-le, avec « manquant : oui » s’il n’est pas"
                " une réponse."
            )
            % {
                "name": column.name,
                "line": self.data.line(int(rows[0])),
                "code": code,
                "rows": counted(len(rows), _("ligne"), _("lignes")),
            }
        )


def _spread(coded: list[int], places: pa.Array, null: int = MISSING) -> Codes:
    """What each value became, for each respondent; `null` where the file has none."""
    if places.null_count:
        places = places.fill_null(len(coded))
    found: Codes = pa.array([*coded, null], pa.int16()).take(places).to_numpy(zero_copy_only=False)
    return found


def _natural(code: str) -> tuple[tuple[int, int, str], ...]:
    """2 before 10, numbers before words."""
    return tuple(
        (0, int(part), "") if part.isdecimal() and len(part) < 19 else (1, 0, part)
        for part in re.split(r"(\d+)", code)
        if part
    )
