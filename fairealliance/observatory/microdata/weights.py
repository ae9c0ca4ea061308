"""The weight of each respondent: a number above zero, or the file is refused by the line."""

import math

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from django.utils.translation import gettext as _

from fairealliance.lib.french_numbers import counted, parse_decimal
from fairealliance.observatory.microdata.errors import Refused
from fairealliance.observatory.microdata.reading import Microdata

Weights = npt.NDArray[np.float64]
_SMALLEST = 1e-100
_TOLD = 3  # wrong lines named in the message


def read_weights(data: Microdata, name: str, column: pa.ChunkedArray) -> Weights:
    """Raises Refused naming the first lines that are empty, negative or not numbers, or when all are zero."""
    weights = _fast(column)
    if weights is None:
        weights = _one_by_one(column)
    wrong = np.flatnonzero(~(weights >= 0) | np.isinf(weights))
    if wrong.size:
        raise Refused(_told(data, name, column, [int(row) for row in wrong[:_TOLD]], wrong.size))
    if not weights.any():
        raise Refused(
            _("Tous les poids de la colonne « %(name)s » sont nuls : aucun répondant ne compte.") % {"name": name}
        )
    return _within_reach(weights)


def _within_reach(weights: Weights) -> Weights:
    """Weights tell proportions: those whose squares no number holds are brought to 1, the others stay as they are."""
    largest = weights.max()
    return weights if _SMALLEST < largest < 1 / _SMALLEST else weights / largest


def _fast(column: pa.ChunkedArray) -> Weights | None:
    """Arrow's own reading, a decimal comma being a point. None when some cell is no plain number."""
    if pa.types.is_dictionary(column.type):
        column = column.cast(column.type.value_type)
    try:
        if pa.types.is_string(column.type) or pa.types.is_large_string(column.type):
            column = pc.replace_substring(pc.utf8_trim_whitespace(column), ",", ".")
        numbers = pc.cast(column, pa.float64()).combine_chunks()
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
        return None
    return np.asarray(pc.fill_null(numbers, math.nan).to_numpy(zero_copy_only=False), np.float64)


def _one_by_one(column: pa.ChunkedArray) -> Weights:
    return np.array([_number(value) for value in column.to_pylist()], np.float64)


def _number(raw: object) -> float:
    try:
        return float(parse_decimal(str(raw)))
    except ValueError:
        return math.nan


def _told(data: Microdata, name: str, column: pa.ChunkedArray, rows: list[int], count: int) -> str:
    """« poids », ligne 12 : poids négatif (-3)."""
    first = [f"ligne {data.line(row)} : {_fault(column[row].as_py())}" for row in rows]
    more = f" — et {counted(count - len(rows), _('autre'), _('autres'))}" if count > len(rows) else ""
    return _("Poids « %(name)s » de « %(file)s », %(first)s%(more)s. Rien n’a été calculé.") % {
        "name": name,
        "file": data.name,
        "first": " ; ".join(first),
        "more": more,
    }


def _fault(raw: object) -> str:
    if raw is None or not str(raw).strip():
        return _("poids manquant")
    number = _number(raw)
    return (
        _("poids négatif (%(raw)s)") % {"raw": raw}
        if number < 0
        else _("« %(raw)s » n’est pas un nombre") % {"raw": raw}
    )
