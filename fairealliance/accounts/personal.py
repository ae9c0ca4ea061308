"""What the product holds of a person: each room registers what it has, how it gives it, and how it erases it.

    personal.register(Holding("contributions", _("Vos propositions"), export=…, erase=…, kept=_("…")))

Rooms above this one register in `AppConfig.ready`. Only addresses that the person confirmed are theirs: what bears an
address that somebody merely claims stays with whoever reads its mail.
"""

import io
import json
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from allauth.account.models import EmailAddress
from django.db import models, transaction
from django.utils import timezone

from fairealliance.accounts.models import User
from fairealliance.journal.actions import mark_changed
from fairealliance.lib.phones import numbers_in

FORGOTTEN = "forgotten"
"""Under which the outbox says that somebody went, and not who."""


@dataclass(frozen=True, slots=True)
class Person:
    """Who asks: their account, and the addresses they confirmed, in small letters. `numbers`: once they go, the phone
    numbers they gave in their own words (`lib.phones.bare`).
    """

    user: User
    mails: tuple[str, ...]
    numbers: frozenset[str] = frozenset()


def _no_files(person: Person) -> Iterable[tuple[str, Path]]:
    return ()


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Why the account cannot be erased yet, in French; `links`: words and addresses of where one clears the way."""

    text: str
    links: tuple[tuple[str, str], ...] = ()


def _no_words(person: Person) -> Iterable[str]:
    return ()


def _no_obstacle(person: Person) -> list[Obstacle]:
    return []


class Held(Exception):
    """The account cannot be erased yet."""

    def __init__(self, obstacles: list[Obstacle]) -> None:
        super().__init__(" ".join(each.text for each in obstacles))
        self.obstacles = obstacles


@dataclass(frozen=True, slots=True)
class Holding:
    """`export` gives what JSON can hold (dates too), `files` names for the archive with their paths.

    `erased` and `kept` tell in French what goes and what stays, with why; `erase` runs in one transaction with all.
    `obstacle` tells what others still need of them: it is asked first, in that same transaction, and may lock.
    `words`: what they wrote themselves, where the phone numbers are taken for theirs.
    `is_last`: erased after the others, which find there where the person was.
    """

    name: str
    label: Any
    export: Callable[[Person], dict[str, Any]]
    erase: Callable[[Person], None]
    erased: Any
    kept: Any = ""
    files: Callable[[Person], Iterable[tuple[str, Path]]] = _no_files
    obstacle: Callable[[Person], list[Obstacle]] = _no_obstacle
    words: Callable[[Person], Iterable[str]] = _no_words
    is_last: bool = False


_holdings: dict[str, Holding] = {}


def register(holding: Holding) -> None:
    """Registered again under one name, the last one holds."""
    _holdings[holding.name] = holding


def holdings() -> list[Holding]:
    return [_holdings[name] for name in sorted(_holdings)]


def person_of(user: User) -> Person:
    confirmed = EmailAddress.objects.filter(user=user, verified=True).values_list("email", flat=True)
    return Person(user, tuple(sorted(email.lower() for email in confirmed)))


def export(user: User) -> dict[str, Any]:
    """All that is held, room by room; a room that holds nothing is left out."""
    person = person_of(user)
    told = {holding.name: holding.export(person) for holding in holdings()}
    return {"exported_at": timezone.now(), **{name: held for name, held in told.items() if held}}


def as_json(user: User) -> str:
    return json.dumps(export(user), ensure_ascii=False, indent=2, default=_plain)


def as_archive(user: User) -> bytes:
    """`donnees.json`, and the files each room holds, in its own folder."""
    target, person = io.BytesIO(), person_of(user)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("donnees.json", as_json(user))
        for holding in holdings():
            for name, path in holding.files(person):
                if path.is_file():
                    archive.write(path, f"{holding.name}/{name}")
    return target.getvalue()


@transaction.atomic
def obstacles(user: User) -> list[Obstacle]:
    """Why the account cannot be erased now; in the transaction of who erases it, it stays so until its end."""
    person = person_of(user)
    return [obstacle for holding in holdings() for obstacle in holding.obstacle(person)]


@transaction.atomic
def erase(user: User) -> None:
    """Everything goes, or nothing does. The account itself goes last. Raises Held."""
    if found := obstacles(user):
        raise Held(found)
    person = person_of(user)
    given = (numbers_in(text) for holding in holdings() for text in holding.words(person))
    person = replace(person, numbers=frozenset().union(*given))
    for holding in sorted(holdings(), key=lambda each: each.is_last):
        holding.erase(person)
    for field in _left_to_us():
        field.model._base_manager.filter(**{field.name: user.pk}).update(**{field.name: None})
    user.delete()
    # Search indexes keep what they no longer show: each node makes its own anew, within a day.
    mark_changed(FORGOTTEN, [0])


def _left_to_us() -> list[models.ForeignKey[Any, Any]]:
    """Links to a person that the database does not undo by itself."""
    return [
        relation.field
        for relation in User._meta.get_fields(include_hidden=True)
        if isinstance(relation, models.ManyToOneRel) and relation.on_delete is models.DO_NOTHING
    ]


def _plain(value: object) -> str:
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
