"""Tables for a program (one object) and for a person (text in columns)."""

from collections.abc import Iterable
from dataclasses import asdict
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fairealliance.lib.french_numbers import format_number
from fairealliance.observatory.microdata.estimates import LEVEL
from fairealliance.observatory.microdata.tables import Cell, Tables

METHOD = "part pondérée ; variance linéarisée (Taylor) ; intervalle de confiance logit, quantile de Student"
_HIDDEN = "secret"


def effect_words(tables: Tables) -> str:
    """What the design effect and the effective n account for."""
    if tables.has_design:
        return _("effet de plan et effectif efficace de chaque part : poids, strates et unités")
    return _("effet de plan et effectif efficace dus aux poids seuls (Kish)")


def as_data(tables: Tables) -> dict[str, Any]:
    """Plain values. A group told by fewer dimensions than asked stands in `totals`, never in `cells`."""
    return {
        "respondents": tables.respondents,
        "threshold": tables.threshold,
        "level": LEVEL,
        "method": f"{METHOD} ; {effect_words(tables)}",
        "by": [
            {"column": each.name, "label": each.label, "codes": list(each.codes), "labels": list(each.labels)}
            for each in tables.dimensions
        ],
        "questions": [asdict(each) for each in tables.questions()],
        "notes": list(tables.notes),
        "cells": [asdict(cell) for cell in tables.cells()],
        "totals": [asdict(cell) for cell in tables.totals()] if tables.dimensions else [],
    }


def as_text(tables: Tables) -> str:
    """One block per question, one line per group and answer, all respondents last."""
    lines: list[str] = []
    cells = [*tables.cells(), *(tables.totals() if tables.dimensions else ())]
    for asked in tables.questions():
        lines += [asked.label, _answered(asked.answered, asked.missing), ""]
        lines += _columns(tables, [cell for cell in cells if cell.question == asked.question])
        lines.append("")
    hidden = sum(cell.suppressed for cell in cells)
    if hidden:
        lines.append(
            ngettext(
                "%(hidden)s case secrète : moins de %(threshold)s répondants, ou ce qu’il faut taire pour qu’on ne la"
                " retrouve pas par différence.",
                "%(hidden)s cases secrètes : moins de %(threshold)s répondants, ou ce qu’il faut taire pour qu’on ne"
                " les retrouve pas par différence.",
                hidden,
            )
            % {"hidden": format_number(hidden), "threshold": tables.threshold}
        )
    return "\n".join([*lines, _method(tables), *tables.notes])


def _method(tables: Tables) -> str:
    return _("Méthode : %(method)s, au seuil de %(level)s %% ; %(effect)s.") % {
        "method": METHOD,
        "level": format_number(LEVEL * 100),
        "effect": effect_words(tables),
    }


def _answered(answered: int | None, missing: int | None) -> str:
    if answered is None or missing is None:
        return _("Trop peu de répondants pour que leur nombre soit dit.")
    told = ngettext(
        "%(answered)s répondant ; sans réponse, hors base : %(missing)s.",
        "%(answered)s répondants ; sans réponse, hors base : %(missing)s.",
        answered,
    )
    return told % {"answered": format_number(answered), "missing": format_number(missing)}


def _columns(tables: Tables, cells: Iterable[Cell]) -> list[str]:
    head = ["groupe", "réponse", "part", "intervalle", "n", "n efficace"]
    rows = [head]
    for group, members in groupby(cells, key=lambda cell: tuple(sorted(cell.by.items(), key=str))):
        told = _group(tables, dict(group))
        rows += [_row(told, cell) for cell in members]
    widths = [max(len(row[place]) for row in rows) for place in range(len(head))]
    return ["  ".join(_aligned(row, widths)).rstrip() for row in rows]


def _aligned(row: list[str], widths: list[int]) -> list[str]:
    return [
        cell.ljust(width) if place < 2 else cell.rjust(width)
        for place, (cell, width) in enumerate(zip(row, widths, strict=True))
    ]


def _row(group: str, cell: Cell) -> list[str]:
    return [
        group,
        cell.label,
        _HIDDEN if cell.suppressed else percent(cell.share),
        "" if cell.suppressed else interval(cell),
        "" if cell.n is None else format_number(cell.n),
        "" if cell.effective_n is None else format_number(cell.effective_n),
    ]


def _group(tables: Tables, by: dict[str, str | None]) -> str:
    names = [each.labels[each.codes.index(by[each.name])] if each.name in by else "tous" for each in tables.dimensions]
    return " · ".join(names) if by else "ensemble"


def percent(share: float | None) -> str:
    """`81,3 %`; a dash for what is not known."""
    return "—" if share is None else f"{format_number(share * 100, 1)} %"


def interval(cell: Cell) -> str:
    """`78,9 – 83,5 %`; nothing where a share of 0 or 1 leaves none."""
    if cell.low is None or cell.high is None or cell.share in (0, 1):
        return "—"
    return f"{format_number(cell.low * 100, 1)} – {format_number(cell.high * 100, 1)} %"
