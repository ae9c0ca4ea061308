"""How to quote a series or a study: who, what, where, in which state, seen when."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from fairealliance.lib.dates_fr import in_words
from fairealliance.lib.text_fr import quoted_within
from fairealliance.observatory.models import Study
from fairealliance.observatory.waves import SeriesView


def cite_series(view: SeriesView, address: str) -> str:
    return cite(view.series.title, ", ".join(view.producers), address, updated_of(view))


def cite_study(study: Study, address: str) -> str:
    producers = f"{study.producer} ({study.institute})" if study.institute else study.producer
    title = f"{study.title}, {study.when}" if study.when else study.title
    return cite(title, producers, address, study.updated_at)


def updated_of(view: SeriesView) -> datetime:
    """When the series, or a study it stands on, last changed."""
    return max([view.series.updated_at, *(wave.study.updated_at for wave in view.waves)])


def cite(title: str, producers: str, address: str, updated: datetime) -> str:
    """One line of plain text, ready to paste."""
    words = {
        "title": quoted_within(title),
        "producers": _("d’après %s, ") % producers if producers else "",
        "address": address,
        "updated": _day(timezone.localdate(updated)),
        "today": _day(timezone.localdate()),
    }
    return (
        _("« %(title)s », %(producers)sFaire Alliance, état au %(updated)s, consulté le %(today)s, %(address)s") % words
    )


def _day(day: date) -> str:
    return in_words(day)
