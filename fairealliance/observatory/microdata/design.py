"""The variance of shares when respondents were drawn by strata, by units, or both."""

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from django.utils.translation import gettext as _

from fairealliance.observatory.microdata.errors import Refused
from fairealliance.observatory.microdata.estimates import (
    Floats,
    Sums,
    clustered_variance,
    stratified_variance,
    with_margins,
)
from fairealliance.observatory.microdata.respondents import MISSING, Item, Respondents

_MOST_CELLS = 40_000_000  # of arrays of 8 bytes held at once


def with_design(respondents: Respondents) -> pa.Table:
    """The columns, with `part`: the stratum, or the unit within its stratum, of each respondent."""
    columns = respondents.columns
    if not respondents.has_design:
        return columns
    return columns.append_column("part", pa.array(_parts(columns)[0]))


def designed_variance(
    respondents: Respondents, item: Item, sums: Sums, parts: dict[str, npt.NDArray]
) -> tuple[Floats, int]:
    """(variance, degrees of freedom). `parts`: cell, answer, part, n, w, w2 of the tally of `item` by part."""
    answered = parts["answer"] != MISSING
    cell, answer, part, n, w, w2 = (parts[name][answered] for name in ("cell", "answer", "part", "n", "w", "w2"))
    known, part = np.unique(part, return_inverse=True)  # parts in which someone answered
    shape = (len(item.codes) + (1 if item.multiple else 0), int(np.prod(respondents.shape)), len(known))
    if shape[0] * sums.base.size * shape[2] > _MOST_CELLS:
        raise Refused(_("Trop de strates ou d’unités pour ce croisement : croisez par moins de colonnes."))
    with np.errstate(invalid="ignore", divide="ignore"):
        share = sums.w / sums.w.sum(axis=0)

    def laid(values: npt.NDArray) -> Floats:
        leaves = np.zeros(shape)
        np.add.at(leaves, (answer, cell, part), values)
        leaves = leaves.reshape(shape[0], *respondents.shape, shape[2])
        return np.moveaxis(with_margins(np.moveaxis(leaves, -1, 0), first=2), 0, -1)

    if not respondents.has_units:
        members = np.bincount(part, n)
        _refuse_alone(respondents, item, known, members)
        return stratified_variance(share, laid(w), laid(w2), members.tolist()), int(members.sum()) - len(known)
    strata = _parts(respondents.columns)[1][known]
    _refuse_alone(respondents, item, *np.unique(strata, return_counts=True))
    return clustered_variance(share, laid(w), strata), len(known) - len(np.unique(strata))


def _parts(columns: pa.Table) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """(the part of each respondent, the stratum of each part): parts follow the order of strata."""
    stratum = columns["stratum"].to_numpy() if "stratum" in columns.column_names else np.zeros(len(columns), np.int64)
    if "unit" not in columns.column_names:
        return stratum, np.arange(int(stratum.max()) + 1)
    unit = columns["unit"].to_numpy()
    known, places = np.unique(stratum * (int(unit.max()) + 1) + unit, return_inverse=True)
    return places, known // (int(unit.max()) + 1)


def _refuse_alone(respondents: Respondents, item: Item, strata: npt.NDArray, members: npt.NDArray) -> None:
    alone = [int(stratum) for stratum, count in zip(strata, members, strict=True) if count < 2]
    if alone:
        told = ", ".join(respondents.strata[each] for each in alone[:5]) if respondents.strata else "la seule"
        raise Refused(
            _(
                "Question « %(question)s » : une strate n’a qu’une unité (%(told)s), sa variance ne se"
                " calcule pas. Regroupez-la avec une autre strate."
            )
            % {"question": item.question, "told": told}
        )
