"""What the forms of the roadmap share: who acts, and the form shown again with what stood in the way."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from fairealliance.roadmap.actions.refusals import Refused
from fairealliance.roadmap.editions import last_of, version_of
from fairealliance.roadmap.models import Measure, Programme


def show(
    request: HttpRequest,
    form: Any,
    title: str,
    problem: Refused | None,
    programme: Programme | None,
    *,
    back: str = "",
    can_remove: bool = False,
    moved: bool = False,
) -> HttpResponse:
    """The form. `moved`: with what somebody else saved meanwhile, above what was typed; sent again, it replaces it."""
    if moved and form.held is not None:
        form.held.refresh_from_db()
        form.data = form.data.copy()
        form.data["read_version"] = str(version_of(form.held))
        if isinstance(form.held, Measure):
            form.data["read_edition"] = str(form.held.edition)
    context = {
        "form": form,
        "title": title,
        "problem": str(problem or ""),
        "programme": programme,
        "back": back,
        "can_remove": can_remove,
        "theirs": _theirs(form) if moved else [],
        "author": _author(form.held) if moved else "",
    }
    status = 409 if problem else 422 if form.is_bound and form.errors else 200
    return render(request, "staff/roadmap/form.html", context, status=status)


def _theirs(form: Any) -> list[tuple[str, str]]:
    """What is saved now, field by field."""
    if form.held is None:
        return []
    return [(str(field.label), _words(getattr(form.held, name)))
            for name, field in form.fields.items() if hasattr(form.held, name) and not field.disabled]  # fmt: skip


def _words(value: Any) -> str:
    return _("rien") if value in (None, "") else str(value)


def _author(row: Any) -> str:
    last = last_of(row) if row is not None and not isinstance(row, Measure) else None
    return last.by_label if last else ""
