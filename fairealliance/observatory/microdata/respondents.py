"""The answers asked for, checked against the codebook and coded, ready to be counted."""

from dataclasses import dataclass, field

import numpy.typing as npt
import pyarrow as pa
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fairealliance.lib.french_numbers import format_number
from fairealliance.observatory.microdata.codebook import Codebook
from fairealliance.observatory.microdata.coding import MISSING, Asked, Dimension, Item, Reader, option_columns
from fairealliance.observatory.microdata.errors import Refused
from fairealliance.observatory.microdata.reading import Microdata
from fairealliance.observatory.microdata.weights import read_weights


@dataclass(frozen=True, slots=True)
class Respondents:
    """`columns` holds `weight`, `cell` (the group, all dimensions in one number) and one column per item."""

    columns: pa.Table
    dimensions: tuple[Dimension, ...]
    items: tuple[Item, ...]
    total: int
    strata: tuple[str, ...] = ()  # their names; `columns` then has `stratum`, the place of each respondent's
    has_units: bool = False  # `columns` has `unit`
    notes: tuple[str, ...] = field(default=())

    @property
    def has_design(self) -> bool:
        """Drawn by strata or by units, and the file says which."""
        return bool(self.strata) or self.has_units

    @property
    def shape(self) -> tuple[int, ...]:
        return tuple(len(dimension.codes) for dimension in self.dimensions)


def read_respondents(data: Microdata, codebook: Codebook, asked: Asked) -> Respondents:
    """Raises Refused (French, with the line where there is one) for what cannot be counted."""
    names = _names(data, codebook, asked)
    table = data.columns(names, varied=asked.weight)
    weights = read_weights(data, asked.weight, table[asked.weight])
    kept = weights > 0
    notes = list(data.notes)
    if not kept.all():
        left = int((~kept).sum())
        told = ngettext(
            "%(n)s répondant de poids nul ne compte pas.", "%(n)s répondants de poids nul ne comptent pas.", left
        )
        notes.append(told % {"n": format_number(left)})
    reader = Reader(data, codebook, asked, table)
    dimensions, cell = reader.dimensions()
    items, coded = reader.items()
    arrays: dict[str, npt.NDArray] = {"weight": weights, "cell": cell, **coded}
    strata: list[str] = []
    if asked.stratum:
        strata, arrays["stratum"] = reader.design(asked.stratum)
    if asked.unit:
        arrays["unit"] = reader.design(asked.unit)[1]
    return Respondents(
        columns=pa.table({name: values if kept.all() else values[kept] for name, values in arrays.items()}),
        dimensions=dimensions,
        items=items,
        total=int(kept.sum()),
        strata=tuple(strata),
        has_units=bool(asked.unit),
        notes=tuple(notes),
    )


def _names(data: Microdata, codebook: Codebook, asked: Asked) -> list[str]:
    """Every column to read, each known to the file. The same column cannot play two parts."""
    questions = [
        name
        for question in asked.questions
        for name in ([each.name for each in option_columns(codebook, question)] or [question])
    ]
    names = [asked.weight, *questions, *asked.by, *filter(None, (asked.stratum, asked.unit))]
    if not questions:
        raise Refused("Il faut au moins une question.")
    for name in names:
        data.find(name)
    for name in (asked.weight, *questions):
        if names.count(name) > 1:
            raise Refused(_("La colonne « %(name)s » est demandée deux fois, ou pour deux usages.") % {"name": name})
    if len(set(asked.by)) < len(asked.by):
        raise Refused(_("Une même colonne est demandée deux fois pour le croisement."))
    return list(dict.fromkeys(names))


__all__ = ["MISSING", "Asked", "Dimension", "Item", "Respondents", "read_respondents"]
