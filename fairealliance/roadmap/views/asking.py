"""What every page is asked: which programme, on which day."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from fairealliance.lib import dates_fr
from fairealliance.provenance.pages import Trail, trail_to
from fairealliance.roadmap import words
from fairealliance.roadmap.actions.refusals import Refused
from fairealliance.roadmap.models import Programme
from fairealliance.roadmap.state import ProgrammeState, read

View = Callable[..., HttpResponseBase]
# How a past day is read: `?connu=alors` (when nothing is said) or `?connu=maintenant`.
KNOWN, THEN, NOW = "connu", "alors", "maintenant"


@dataclass(frozen=True, slots=True)
class Asked:
    """A programme, and the day whose state is read; `past` when the day was asked for.

    `known_on`: today, when that day is read with what is known since; None for as it was known then.
    """

    programme: Programme
    on: date
    past: date | None = None
    known_on: date | None = None

    @property
    def parameters(self) -> str:
        """To carry the day, and how it is read, from page to page."""
        told = {"date": self.past.isoformat()} if self.past else {}
        return urlencode({**told, KNOWN: NOW} if self.known_on else told)

    @property
    def query(self) -> str:
        return f"?{self.parameters}" if self.parameters else ""

    @property
    def other_query(self) -> str:
        """The same day, read the other way."""
        told = {"date": self.on.isoformat()}
        return f"?{urlencode(told if self.known_on else {**told, KNOWN: NOW})}"

    def read(self) -> ProgrammeState:
        """The whole programme, as it is asked for."""
        return read(self.programme, self.on, self.known_on)


def page(view: View) -> View:
    """A page of a programme: `view(request, asked, …)`. A day that is none is refused in words (400)."""

    @require_safe
    @wraps(view)
    def asked(request: HttpRequest, *, programme: str = "", **named: Any) -> HttpResponseBase:
        held = held_programme(programme)
        if held is None:
            return render(request, "roadmap/nothing.html", {"trail": trail_to((_("Feuille de route"), ""))}, status=404)
        if programme and held.is_default:
            # The site's own programme has one address: the short one.
            return redirect(request.get_full_path().replace(f"programmes/{held.slug}/", "", 1), permanent=True)
        try:
            day = asked_day(request.GET.get("date", ""), held)
            known_on = _asked_known(request.GET.get(KNOWN, ""), day)
        except Refused as refused:
            return refuse(request, held, str(refused))
        return view(request, Asked(held, day or timezone.localdate(), day, known_on), **named)

    return asked


def held_programme(slug: str) -> Programme | None:
    """The programme of that address; without one, the site's own, which may not be there."""
    if slug:
        return get_object_or_404(Programme, slug=slug)
    return Programme.objects.filter(is_default=True).first()


def asked_day(text: str, programme: Programme) -> date | None:
    """The day `text` means, None for none. Raises Refused for what is no day of this programme."""
    try:
        day = dates_fr.parse(text.strip()[:40])
    except ValueError as error:
        told = _("« %s » n’est pas une date : écrivez par exemple 2021-05-07.") % text.strip()[:40]
        raise Refused(told) from error
    if day and day > timezone.localdate():
        raise Refused(_("Le %s n’est pas encore là : choisissez une date passée.") % words.day(day))
    if day and day < programme.started_on:
        raise Refused(
            _("Ce programme commence le %s : choisissez une date plus récente.") % words.day(programme.started_on)
        )
    return day


def _asked_known(text: str, day: date | None) -> date | None:
    """Today when `day` is to be read with what is known since. Raises Refused for another word."""
    if text not in ("", THEN, NOW):
        raise Refused(_("Un jour passé se lit comme on le connaissait « alors », ou « maintenant »."))
    return timezone.localdate() if day and text == NOW else None


def refuse(request: HttpRequest, programme: Programme, message: str) -> HttpResponse:
    """Why the question has no answer, and the form to ask another."""
    context = {"programme": programme, "message": message, "trail": trail(programme, (_("Date refusée"), ""))}
    return render(request, "roadmap/refused.html", context, status=400)


def trail(programme: Programme, *steps: tuple[str, str]) -> Trail:
    """Breadcrumb: the programme first, then what lies in it."""
    head = (_("Feuille de route") if programme.is_default else programme.title, programme.get_absolute_url())
    return trail_to(head, *steps) if steps else trail_to((head[0], ""))


def found(thing: Any, message: str) -> Any:
    """`thing`, or a 404 that says what was looked for."""
    if thing is None:
        raise Http404(message)
    return thing


def context_of(asked: Asked, current: str, **more: Any) -> dict[str, Any]:
    """What the frame of all pages shows: sections, the day, where one is."""
    programme = asked.programme
    sections = [
        (label, programme.address(name) + asked.query, name == current)
        for name, label in (
            ("index", _("Vue d’ensemble")),
            ("timeline", _("Chronologie")),
            ("by-facilitator", _("Par facilitateur")),
            ("by-territory", _("Par territoire")),
            ("progress", _("Bilan")),
            ("compare", _("Comparer deux dates")),
        )
    ]
    return {
        "programme": programme,
        "asked": asked,
        "day": words.day(asked.on),
        "sections": sections,
        "feed": programme.address("feed"),
        **more,
    }
