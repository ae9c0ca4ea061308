"""Series at the desk: which answers follow each other, and where they cannot be compared."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import TooManyFieldsSent
from django.db.models import Count
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fairealliance.lib.french_numbers import small_whole
from fairealliance.lib.slugs import slug as slug_of
from fairealliance.observatory import actions
from fairealliance.observatory.checks import Problem, Refused
from fairealliance.observatory.enums import Break, Topic
from fairealliance.observatory.models import Series
from fairealliance.observatory.reading import series_data
from fairealliance.observatory.wave import PointData, SeriesData
from fairealliance.staff.access import actor, editor_required
from fairealliance.staff.observatory.candidates import SEPARATOR, waves_like, waves_named
from fairealliance.staff.observatory.fields import LongWords, WholeNumber, Words, choice

FIRST_ROWS, MORE_ROWS, MOST_ROWS = 4, 3, 1_500


class SeriesForm(forms.Form):
    """What the series is called and says."""

    title = Words(gettext_lazy("Titre"), max_length=250)
    headline = Words(
        gettext_lazy("Ce que montre le graphique"),
        gettext_lazy("Une phrase, comme un titre de journal : Neuf maires sur dix…"),
        max_length=250,
    )
    topic = choice(gettext_lazy("Thème"), Topic.choices)
    position = WholeNumber(gettext_lazy("Rang sur la page"), gettext_lazy("Le plus petit vient en premier"))
    note = LongWords(gettext_lazy("À savoir"))


class WaveRow(forms.Form):
    """A wave, and what changed before it."""

    wave = choice(gettext_lazy("Vague"), [])
    kind = forms.MultipleChoiceField(
        label=gettext_lazy("Ce qui a changé"),
        choices=Break.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    words = Words(gettext_lazy("En quoi"), max_length=300)


@editor_required
@require_safe
def series_list(request: HttpRequest) -> HttpResponse:
    rows = Series.objects.told().annotate(waves=Count("points"))
    return render(request, "staff/observatory/series_list.html", {"series": rows})


@editor_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, slug: str = "") -> HttpResponse:
    known = get_object_or_404(Series.objects.whole(), slug=slug) if slug else None
    shown = series_data(known) if known else None
    if request.method != "POST":
        return _show(request, known, SeriesForm(initial=_initial(shown)), _rows(None, shown))
    form, rows = SeriesForm(request.POST), _rows(request.POST, None)
    if request.POST.get("add"):
        free = waves_like(request.POST.get("search", ""))
        room = range(len(rows), min(len(rows) + MORE_ROWS, MOST_ROWS))
        rows.extend(_row(None, number, {}, free) for number in room)
        return _show(request, known, form, rows)
    if request.POST.get("look"):
        return _show(request, known, form, rows)
    problems = [Problem("", str(error)) for errors in form.errors.values() for error in errors]
    for number, row in enumerate(rows, start=1):
        problems += [Problem(_("Vague %d") % number, str(each)) for errors in row.errors.values() for each in errors]
    if problems:
        return _show(request, known, form, rows, problems=problems, status=422)
    expected = small_whole(request.POST.get("version", "")) if known else 0
    try:
        saved, _outcome = actions.save_series(by=actor(request), data=_data(known, form, rows), expected=expected)
    except actions.EditedMeanwhile as conflict:
        return _show(request, known, form, rows, conflict=conflict, status=409)
    except Refused as refused:
        return _show(request, known, form, rows, problems=refused.problems, status=422)
    messages.success(request, _("« %s » est enregistrée et visible du public.") % saved.title)
    return redirect("staff_observatory:series-edit", slug=saved.slug)


@editor_required
@require_POST
def remove(request: HttpRequest, slug: str) -> HttpResponse:
    series = get_object_or_404(Series, slug=slug)
    actions.remove_series(by=actor(request), series=series)
    messages.success(request, _("La série « %s » est supprimée ; les enquêtes restent.") % series.title)
    return redirect("staff_observatory:series")


def _initial(shown: SeriesData | None) -> dict[str, Any]:
    if shown is None:
        return {"position": 100}
    names = ("title", "headline", "topic", "position", "note")
    return {name: getattr(shown, name) for name in names}


def _rows(data: QueryDict | None, shown: SeriesData | None) -> list[WaveRow]:
    if data is not None:
        raw = data.get("rows", "")
        count = int(raw) if raw.isdecimal() and len(raw) < 9 else FIRST_ROWS
        if count > MOST_ROWS:  # refused whole: nothing of it is saved, nothing is cut
            raise TooManyFieldsSent
        chosen = [data.get(f"w{number}-wave", "") for number in range(count)]
        told: list[dict[str, Any]] = [{} for _number in range(count)]
    else:
        points = [] if shown is None else [_point(point) for point in shown.points]
        told = [*points, *({} for _number in range(1 if points else FIRST_ROWS))]
        chosen = [each.get("wave", "") for each in told]
    known = waves_named([wave for wave in chosen if wave])
    free = waves_like(data.get("search", "") if data else "")
    return [
        _row(data, number, each, [(wave, known[wave])] if wave in known else free)
        for number, (each, wave) in enumerate(zip(told, chosen, strict=True))
    ]


def _row(data: QueryDict | None, number: int, told: dict[str, Any], choices: list[tuple[str, str]]) -> WaveRow:
    """A wave that is chosen can only be taken away; the others are chosen among `choices`."""
    row = WaveRow(data, prefix=f"w{number}", initial=told)
    field = row.fields["wave"]
    assert isinstance(field, forms.ChoiceField)
    field.choices = [("", _("— aucune —")), *choices]
    return row


def _point(point: PointData) -> dict[str, Any]:
    return {"wave": SEPARATOR.join(point.key), "kind": list(point.breaks), "words": point.words}


def _data(known: Series | None, form: SeriesForm, rows: list[WaveRow]) -> SeriesData:
    told = form.cleaned_data
    points = []
    for row in rows:
        row.is_valid()
        given = {"wave": "", "kind": [], "words": "", **row.cleaned_data}
        if given["wave"]:
            study, question, code = given["wave"].split(SEPARATOR)
            points.append(PointData(study, question, code, tuple(given["kind"]), given["words"]))
    position = 100 if told["position"] is None else min(max(told["position"], 0), 32_000)
    return SeriesData(
        slug=known.slug if known else slug_of(told["title"])[:80].strip("-"),
        title=told["title"],
        headline=told["headline"],
        note=told["note"],
        topic=told["topic"] or Topic.OTHER.value,
        position=position,
        points=tuple(points),
    )


def _show(
    request: HttpRequest,
    known: Series | None,
    form: SeriesForm,
    rows: list[WaveRow],
    *,
    problems: list[Problem] | None = None,
    conflict: actions.EditedMeanwhile | None = None,
    status: int = 200,
) -> HttpResponse:
    opened = request.POST.get("version") or (known.version if known else 0)
    context = {
        "known": known,
        "form": form,
        "rows": rows,
        "problems": problems or [],
        "checked": problems is not None,
        "conflict": str(conflict) if conflict else "",
        "version": conflict.version if conflict else opened,
        "search": request.POST.get("search", ""),
    }
    return render(request, "staff/observatory/series.html", context, status=status)
