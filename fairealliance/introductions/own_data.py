"""What this room holds of a person: what they asked and wrote for their organisations."""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.db.models import CharField, F, Value
from django.db.models.functions import Concat
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fairealliance.accounts.awaiting import Card
from fairealliance.accounts.models import User
from fairealliance.accounts.personal import Holding, Person, register
from fairealliance.introductions.actions.writing import path_of
from fairealliance.introductions.models import Attachment, Checkup, Introduction, Message
from fairealliance.organisations.models import Member


def register_all() -> None:
    register(
        Holding(
            "introductions",
            gettext_lazy("Les mises en relation que vous avez demandées, et ce que vous y avez écrit"),
            export=_export,
            erase=_erase,
            erased=gettext_lazy("Votre nom et vos adresses dans ces échanges."),
            kept=gettext_lazy("Les messages eux-mêmes : ils sont aux deux organisations, qui en ont besoin."),
            files=_files,
        )
    )


def _export(person: Person) -> dict[str, Any]:
    asked = Introduction.objects.filter(asked_by=person.user).order_by("pk")
    written = Message.objects.filter(by_user=person.user)
    told = {
        "asked": list(asked.values("asker_name", "asked_name", "subject", "status", "asked_at", "reason", "words")),
        "written": list(written.values("introduction__subject", "at", "text")),
    }
    return {name: held for name, held in told.items() if held}


def _files(person: Person) -> Iterable[tuple[str, Path]]:
    for each in Attachment.objects.filter(message__by_user=person.user).select_related("message__introduction"):
        yield each.stored_name, path_of(each)


def _erase(person: Person) -> None:
    """Who they were goes out of the words; the words stay to the two organisations."""
    named = [re.escape(said) for said in (*person.mails, person.user.email, person.user.name) if said]
    theirs, gone = re.compile(rf"(?<!\w)(?:{'|'.join(named)})(?!\w)", re.IGNORECASE), _("[retiré]")
    for message in Message.objects.filter(introduction__messages__by_user=person.user).distinct():
        if theirs.search(message.text):
            message.text = theirs.sub(gone, message.text)
            message.save(update_fields=["text"])
    own = Member.objects.filter(user=person.user).values("organisation")
    touched = Introduction.objects.filter(asked_by=person.user) | Introduction.objects.filter(asker__in=own)
    for held in (touched | Introduction.objects.filter(asked__in=own)).distinct():
        held.words, held.subject = theirs.sub(gone, held.words), theirs.sub(gone, held.subject)[:120]
        held.save(update_fields=["words", "subject"])
    for checkup in Checkup.objects.filter(introduction__messages__by_user=person.user).distinct():
        if theirs.search(checkup.words):
            checkup.words = theirs.sub(gone, checkup.words)
            checkup.save(update_fields=["words"])
    for each in Attachment.objects.filter(message__by_user=person.user):
        if theirs.search(each.file_name):
            each.file_name = theirs.sub(gone, each.file_name)[:200]
            each.save(update_fields=["file_name"])
    Message.objects.filter(by_user=person.user).update(by_user=None)
    # It told which pages were of one person.
    asked = Introduction.objects.filter(asked_by=person.user)
    asked.update(page_key=Concat(Value("erased:"), F("pk"), output_field=CharField()))


def card(user: User) -> Card | None:
    """At /mon-espace/. Four queries."""
    mine = Introduction.objects
    to_answer, waiting = mine.owed_by(user).count(), mine.awaited_by(user).count()
    under_way = mine.of(user).under_way().count()
    if not (to_answer or waiting or under_way) and not Member.objects.filter(user=user).exists():
        return None
    counts = ((_("À répondre"), to_answer), (_("En attente de l’autre"), waiting), (_("En cours"), under_way))
    lines = tuple(f"{label} : {count}" for label, count in counts if count)
    text = _("Qui vous demande, à qui vous demandez, et où vous en êtes.")
    return Card(_("Mises en relation"), text, reverse("introductions:mine"), _("Voir"), to_answer, lines)
