"""Figures and remarks of surveys in templates."""

from collections.abc import Iterable

from django import template

from fairealliance.observatory.charting import plot_of_series
from fairealliance.observatory.checks import Problem
from fairealliance.observatory.figures import plain

register = template.Library()
register.filter("plain_share", plain)
register.filter("plot_of_series", plot_of_series)


@register.filter
def errors_of(problems: Iterable[Problem]) -> list[Problem]:
    return [problem for problem in problems if problem.is_error]


@register.filter
def remarks_of(problems: Iterable[Problem]) -> list[Problem]:
    return [problem for problem in problems if not problem.is_error]
