"""What pages of sourced things have in common: the trail that leads to them, a page of a list."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

PAGE_SIZE = 20
HOME = "/"
Trail = list[tuple[str, str]]


def trail_to(*steps: tuple[str, str]) -> Trail:
    """Breadcrumb from the home page; the last step is the page itself, its address is empty."""
    return [(_("Accueil"), HOME), *steps]


def page_of(request: HttpRequest, rows: "QuerySet[Any]", size: int = PAGE_SIZE) -> "Page[Any]":
    """The page asked for; the first for a word, the last when the number is beyond."""
    return Paginator(rows, size).get_page(request.GET.get("page"))
