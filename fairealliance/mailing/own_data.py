"""What this room holds of a person."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from fairealliance.accounts.personal import Holding, Person, register
from fairealliance.mailing.models import Letter, Notice, Preference


def register_all() -> None:
    register(
        Holding(
            "avis",
            _("Ce que nous vous avons annoncé, et à quel rythme"),
            export=_export,
            erase=_erase,
            erased=_("Vos avis, les courriels qui les portent, et vos préférences."),
            is_last=True,
        )
    )


def _export(person: Person) -> dict[str, Any]:
    notices = Notice.objects.filter(user=person.user).values("made_at", "kind", "subject", "text", "state")
    preferences = Preference.objects.filter(user=person.user).values("kind", "rhythm", "changed_at")
    told = {"notices": list(notices), "preferences": list(preferences)}
    return told if any(told.values()) else {}


def _erase(person: Person) -> None:
    Notice.objects.filter(user=person.user).delete()
    Letter.objects.filter(user=person.user).delete()
    Preference.objects.filter(user=person.user).delete()
    # What others were told on their behalf no longer says how to answer them.
    Notice.objects.filter(reply_to__in={person.user.email, *person.mails}).update(reply_to="")
