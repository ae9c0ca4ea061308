"""Those who report on a measure are told before a report is due, and after. Each is told once."""

from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fairealliance.lib.dates_fr import in_words
from fairealliance.mailing import actions as mailing
from fairealliance.mailing.kinds import Kind
from fairealliance.roadmap.enums import DraftState, ReminderKind
from fairealliance.roadmap.models import Correspondent, Draft, Programme
from fairealliance.roadmap.state import MeasureState, read

BEFORE = timedelta(days=14)
# Beyond, a mail would tell nobody anything: the desk still shows the delay.
LATEST = timedelta(days=120)
KIND = Kind(
    "roadmap",
    gettext_lazy("Les mesures que vous suivez"),
    gettext_lazy("Quand un bilan est attendu de vous, et s’il tarde."),
)


def send_due(now: datetime | None = None) -> int:
    """Sends what is due on the day of `now`. Returns how many people were told; run again, none."""
    day = timezone.localtime(now).date() if now else timezone.localdate()
    programmes = Programme.objects.filter(measures__correspondents__isnull=False).distinct().order_by("pk")
    return sum(_remind(programme, day) for programme in programmes)


def _remind(programme: Programme, day: date) -> int:
    people: dict[int, list[Correspondent]] = {}
    rows = Correspondent.objects.filter(measure__programme=programme, user__is_active=True).select_related("user")
    for row in rows:
        people.setdefault(row.measure_id, []).append(row)
    handed = set(
        Draft.objects.filter(programme=programme, state=DraftState.SUBMITTED).values_list("measure", flat=True)
    )
    sent = 0
    for state in read(programme, day).measures:
        kind = kind_on(state.due_on, day)
        # Whoever handed a report in waits for the secretariat: nothing is asked of them.
        if kind is None or state.measure.pk in handed:
            continue
        sent += sum(_send(person, state, kind) for person in people.get(state.measure.pk, []))
    return sent


def kind_on(due: date | None, day: date) -> ReminderKind | None:
    """Which reminder a day calls for, if any."""
    if due is None or day < due - BEFORE or day > due + LATEST:
        return None
    return ReminderKind.BEFORE if day <= due else ReminderKind.AFTER


def _send(person: Correspondent, state: MeasureState, kind: ReminderKind) -> int:
    """Once per person, measure, due date and kind."""
    assert state.due_on is not None
    return mailing.tell(
        [person.user],
        kind=KIND.slug,
        event=f"measure:{state.measure.pk}:{kind.value}:{state.due_on:%Y-%m-%d}",
        subject=_subject(state, kind),
        text=_text(state, kind),
        path=state.measure.programme.address("my-measures"),
        action=_("Rédiger le bilan"),
        after=_("Quelques lignes suffisent : ce qui a été fait, le résultat, la suite."),
    )


def _subject(state: MeasureState, kind: ReminderKind) -> str:
    if kind == ReminderKind.BEFORE:
        return _("Mesure %(number)d : un bilan est attendu bientôt") % {"number": state.number}
    return _("Mesure %(number)d : le bilan n’est pas encore arrivé") % {"number": state.number}


def _text(state: MeasureState, kind: ReminderKind) -> str:
    assert state.due_on is not None
    told = {
        "title": state.title,
        "programme": state.measure.programme.title,
        "due": in_words(state.due_on),
    }
    if kind == ReminderKind.BEFORE:
        start = _("Le bilan de la mesure « %(title)s » (%(programme)s) est attendu pour le %(due)s.")
    else:
        start = _("Le bilan de la mesure « %(title)s » (%(programme)s) était attendu pour le %(due)s.")
    return start % told
