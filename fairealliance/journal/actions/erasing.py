"""Erasing a person from the journal: the words go, the chain stays, and the erasure itself is told."""

import json
from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth import get_user_model

from fairealliance.journal.actions.entries import Author, record
from fairealliance.journal.lock import one_at_a_time
from fairealliance.journal.models import Author as AuthorRow
from fairealliance.journal.models import Entry

ERASED = "journal-erased"
_AT_ONCE = 1_000
_SHORTEST = 3  # a name of two letters is part of half the words there are


@dataclass(frozen=True)
class _Journal:
    label: str = "système"
    user_id: None = None


def erase_author(*, user_id: int, by: Author | None = None, words: Iterable[str] = ()) -> int:
    """Blanks the labels under which `user_id` wrote, and every detail that names the person, whoever wrote it.

    Named is who was: their labels, mail and name, and `words` (a former mail). Call it before the account goes.
    Details about the person (`user:ID`) go whole. Returns how many details were blanked.
    """
    with one_at_a_time():
        authors = list(AuthorRow.objects.filter(user_id=user_id).order_by("pk"))
        names = _names(user_id, authors, words)
        found = [pk for pk, subject, text in _told() if subject == f"user:{user_id}" or _tells(text, names)]
        for start in range(0, len(found), _AT_ONCE):
            Entry.objects.filter(pk__in=found[start : start + _AT_ONCE]).update(detail_text="", salt="")
        AuthorRow.objects.filter(user_id=user_id).update(label="", salt="", user_id=None)
        refs = [author.ref for author in authors]
        for start in range(0, max(len(found), 1), _AT_ONCE):
            told = {"entries": found[start : start + _AT_ONCE], "authors": refs if not start else []}
            record(by=by or _Journal(), verb=ERASED, subject="journal", detail=told)
    return len(found)


def _names(user_id: int, authors: Iterable[AuthorRow], words: Iterable[str]) -> set[str]:
    names = {author.label for author in authors} | set(words)
    user = get_user_model()._default_manager.filter(pk=user_id).first()
    if user is not None:
        names |= {user.get_username(), str(user)}
    return {name.casefold() for name in names if len(name) >= _SHORTEST}


def _told() -> Iterable[tuple[int, str, str]]:
    rows = Entry.objects.exclude(salt="").exclude(verb=ERASED).order_by("pk")
    return rows.values_list("pk", "subject", "detail_text").iterator(chunk_size=2_000)


def _tells(text: str, names: set[str]) -> bool:
    if text == "{}" or not names:
        return False
    plain = json.dumps(json.loads(text), ensure_ascii=False).casefold()
    return any(name in plain for name in names)
