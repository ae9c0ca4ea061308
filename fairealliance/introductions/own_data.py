"""What this room holds of a person: what they asked and wrote for their organisations.

No row says who wrote why one stopped, nor who answered a follow-up: the journal does.
"""

from collections.abc import Callable, Iterable, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

from django.db.models import CharField, F, Model, Q, QuerySet, Value
from django.db.models.functions import Concat
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fairealliance.accounts.awaiting import Card
from fairealliance.accounts.models import User
from fairealliance.accounts.personal import Holding, Person, register
from fairealliance.accounts.unnaming import Unnaming, unnaming
from fairealliance.introductions import unread
from fairealliance.introductions.actions.shared import lock_all
from fairealliance.introductions.actions.writing import path_of
from fairealliance.introductions.models import Attachment, Checkup, Introduction, Message
from fairealliance.introductions.whereabouts import START, numbers_of, whereabouts
from fairealliance.journal.models import Entry
from fairealliance.lib.phones import numbers_in, without
from fairealliance.mailing.models import Notice
from fairealliance.organisations.models import Member

_AT_ONCE = 100
_STOPPED = ("introduction-declined", "introduction-ended")
_FOLLOWED = "introduction-follow-up-answered"
_TEXTS: tuple[tuple[type[Model], str, tuple[str, ...]], ...] = (
    # The name of an organisation is at times that of a person.
    (Introduction, "pk", ("subject", "words", "asker_name", "asked_name")),
    (Message, "introduction", ("text",)),
    (Checkup, "introduction", ("words",)),
    (Attachment, "message__introduction", ("file_name",)),
)


def register_all() -> None:
    register(
        Holding(
            "introductions",
            gettext_lazy("Les mises en relation que vous avez demandées, et ce que vous avez écrit dans toutes"),
            export=_export,
            erase=_erase,
            erased=gettext_lazy(
                "Votre nom complet, vos adresses et les numéros que vous avez donnés, dans ces échanges et les avis "
                "qui les citent."
            ),
            kept=gettext_lazy(
                "Les messages eux-mêmes : ils sont aux deux organisations, qui en ont besoin. Un prénom seul y reste, "
                "comme un numéro qu’un autre a écrit et que vous n’avez jamais donné."
            ),
            files=_files,
            words=_words,
        )
    )


def _export(person: Person) -> dict[str, Any]:
    asked = Introduction.objects.filter(asked_by=person.user).order_by("pk")
    written = Message.objects.filter(by_user=person.user)
    followed = ("introduction__subject", "months", "lives", "changed", "words", "answered_at")
    told = {
        "asked": list(asked.values("asker_name", "asked_name", "subject", "status", "asked_at")),
        "written": list(written.values("introduction__subject", "at", "text")),
        "stopped": list(_stopped(person.user).values("subject", "status", "ended_at", "reason", "words")),
        "followed_up": list(_followed(person.user).values(*followed)),
    }
    return {name: held for name, held in told.items() if held}


def _stopped(user: User) -> QuerySet[Introduction]:
    """Those to which they said no, or that they ended: the reason and its words are theirs."""
    done = Entry.objects.filter(author__user_id=user.pk, verb__in=_STOPPED, subject__startswith=START).order_by()
    return Introduction.objects.filter(pk__in=numbers_of(done.values_list("subject", flat=True))).order_by("pk")


def _followed(user: User) -> QuerySet[Checkup]:
    """Those where the last answer is theirs: whoever answers for the same side after them writes over it."""
    every = Entry.objects.filter(verb=_FOLLOWED)
    own = every.filter(author__user_id=user.pk).order_by()
    told = every.filter(subject__in=set(own.values_list("subject", flat=True))).select_related("author")
    last = {(each.subject, each.detail.get("months"), each.detail.get("side")): each for each in told.order_by("pk")}
    theirs = {key for key, each in last.items() if each.author.user_id == user.pk}
    numbers = numbers_of(subject for subject, _months, _side in theirs)
    found = Checkup.objects.filter(introduction__in=numbers, answered_at__isnull=False)
    held = [each.pk for each in found if (f"{START}{each.introduction_id}", each.months, each.side) in theirs]
    return Checkup.objects.filter(pk__in=held)


def _files(person: Person) -> Iterable[tuple[str, Path]]:
    for each in Attachment.objects.filter(message__by_user=person.user).select_related("message__introduction"):
        yield each.stored_name, path_of(each)


def _words(person: Person) -> Iterable[str]:
    """The public number of an organisation is its own, whoever wrote it."""
    phones = ("asker__phone", "asked__phone")
    far = [f"introduction__{phone}" for phone in phones]
    written = Message.objects.filter(by_user=person.user).order_by("pk").values_list("text", *far)
    stopped = _stopped(person.user).values_list("words", *phones)
    followed = _followed(person.user).values_list("words", *far)
    for text, *public in chain(written, stopped, followed):
        yield without(text, numbers_in(" ; ".join(filter(None, public))))


def _erase(person: Person) -> None:
    """Who they were goes out of the words; the words stay to the two organisations."""
    cleaner = unnaming(person)
    numbers = sorted(whereabouts(person.user))
    for first in range(0, len(numbers), _AT_ONCE):
        _clean(numbers[first : first + _AT_ONCE], person.user, cleaner)
    Message.objects.filter(by_user=person.user).update(by_user=None)
    # It told which pages were of one person.
    asked = Introduction.objects.filter(asked_by=person.user)
    asked.update(page_key=Concat(Value("erased:"), F("pk"), output_field=CharField()))


def _clean(numbers: Sequence[int], user: User, cleaner: Unnaming) -> None:
    """Locked first, as each act does: nothing that is being written is missed, nor written over."""
    lock_all(Introduction.objects.filter(pk__in=numbers))
    written = Message.objects.filter(introduction__in=numbers, by_user=user)
    told = {f"{START}{held}:message:{pk}" for pk, held in written.values_list("pk", "introduction")}
    for model, path, names in _TEXTS:
        rows = model._default_manager.filter(**{f"{path}__in": numbers})
        _clean_rows(rows, names, cleaner, lambda row: getattr(row, "by_user_id", None) == user.pk)
    _clean_rows(_notices(numbers), ("subject", "text"), cleaner, lambda notice: notice.event in told)


def _notices(numbers: Sequence[int]) -> QuerySet[Notice]:
    """What anybody was told of them, which quotes them: sent, or still to be."""
    events = Q()
    for number in numbers:
        events |= Q(event__startswith=f"{START}{number}:")
    return Notice.objects.filter(events)


def _clean_rows(rows: Any, names: Sequence[str], cleaner: Unnaming, is_own: Callable[[Any], bool]) -> None:
    locked = rows.order_by("pk").select_for_update(of=("self",))
    changed = [row for row in locked.iterator(chunk_size=_AT_ONCE) if _cleaned(row, names, cleaner, is_own(row))]
    rows.model._default_manager.bulk_update(changed, names, batch_size=_AT_ONCE)


def _cleaned(row: Model, names: Sequence[str], cleaner: Unnaming, is_own: bool) -> bool:
    """Whether anything was taken out of it."""
    before = [getattr(row, name) for name in names]
    for name in names:
        longest = row._meta.get_field(name).max_length  # type: ignore[union-attr]
        setattr(row, name, cleaner.clean(getattr(row, name), is_own=is_own)[:longest])
    return before != [getattr(row, name) for name in names]


def card(user: User) -> Card | None:
    """At /mon-espace/. Eight queries at most."""
    mine = Introduction.objects
    counts = {
        _("À répondre"): mine.owed_by(user).count(),
        _("Votre aide est attendue"): mine.to_help(user).count(),
        _("En attente de l’autre"): mine.awaited_by(user).count(),
        _("En cours"): mine.of(user).under_way().count(),
    }
    if not any(counts.values()) and not Member.objects.filter(user=user).exists():
        return None
    lines = tuple(f"{label} : {count}" for label, count in counts.items() if count)
    text = _("Qui vous demande, à qui vous demandez, et où vous en êtes.")
    due = counts[_("À répondre")]
    if new := unread.counts(mine.of(user), user)[1]:
        lines = (_("Avec des messages non lus : %d") % new, *lines)
    return Card(_("Mises en relation"), text, reverse("introductions:mine"), _("Voir"), due, lines)
