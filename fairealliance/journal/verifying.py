"""Reading the chain from its first entry to its head, and saying what was done to it.

One pass, in order, a few thousand entries in memory. What an attacker may do, and how it shows:

- change an entry: its content no longer gives its hash; or, hash made anew, the next one names another before it;
- remove one: a number is missing, or those after carry numbers that are not those they were hashed with;
- insert one: two entries name the same one before them;
- move one: its content gives its hash under another number;
- cut the end, or write all anew: the head, signed, says otherwise.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.utils.translation import gettext as _

from fairealliance.journal import guards
from fairealliance.journal.actions.erasing import ERASED
from fairealliance.journal.chain import (
    GENESIS,
    Content,
    author_reference,
    detail_digest,
    entry_hash,
    is_signed,
)
from fairealliance.journal.models import Author, Entry, Head

_CHUNK = 2_000
_WINDOW = 5_000  # how far from its place a moved entry is looked for
MOST = 50


@dataclass(frozen=True, slots=True)
class Problem:
    """`kind`: changed, erased, inserted, deleted, reordered, cut, head. `entry` is its number, 0 for the whole."""

    kind: str
    entry: int
    message: str


@dataclass(slots=True)
class Verdict:
    """What was read, and what is wrong: the first MOST problems."""

    entries: int = 0
    erased: int = 0
    tip: str = GENESIS
    problems: list[Problem] = field(default_factory=list)
    guards_missing: list[str] = field(default_factory=list)

    @property
    def is_right(self) -> bool:
        return not self.problems


@dataclass(frozen=True, slots=True)
class Row:
    """An entry as it stands in the database."""

    content: Content
    author_id: int
    detail: str
    salt: str
    previous: str
    hash: str

    def fits(self, number: int) -> bool:
        """Whether its content gives its hash under `number`."""
        return entry_hash(replace(self.content, sequence=number), self.previous) == self.hash


def verify(expected: tuple[int, str] | None = None) -> Verdict:
    """Reads everything. `expected` is a head noted elsewhere (count and hash) that the chain must go through."""
    head = Head.objects.filter(pk=1).first() or Head(count=0, hash=GENESIS, mac="")
    reading = _Reading({head.count: head.hash, **dict([expected] if expected else [])})
    for row in _rows():
        reading.take(row)
        if len(reading.verdict.problems) >= MOST:
            return reading.verdict
    reading.close(head)
    return reading.verdict


class _Reading:
    """Where the reading has come to."""

    def __init__(self, milestones: dict[int, str]) -> None:
        self.verdict = Verdict(guards_missing=guards.missing())
        self._milestones = milestones  # number → the hash it must have
        self._last = 0  # number of the last entry, as it was hashed
        self._tip = GENESIS
        self._before = GENESIS  # the hash before the last one
        self._shift = 0  # how far numbers were moved by an insertion or a removal
        self._moved: dict[int, str] = {}  # number → hash, of those found elsewhere
        self._after_moved = False  # the last one stood where another should, whose hash the next one names
        self._blank: set[int] = set()
        self._erasures: set[int] = set()
        self._refs: set[str] = set()

    def take(self, row: Row) -> None:
        self.verdict.entries += 1
        number = row.content.sequence - self._shift
        if row.fits(number):
            self._sound(row, number)
        else:
            self._unsound(row, number)
        self._detail(row)
        here = row.content.sequence
        if here in self._milestones and self._milestones[here] != row.hash:
            self._tell("head", here, _("ce n’est pas l’entrée que la tête du journal connaît sous ce numéro"))
        self.verdict.tip = row.hash

    def _sound(self, row: Row, number: int) -> None:
        due = self._moved.get(number - 1, self._tip)
        if self._after_moved:
            self._after_moved = False
        elif row.previous != due:
            if row.previous == self._before and number <= self._last + 1:
                self._tell("inserted", row.content.sequence - 1, _("ajoutée après coup entre deux autres"))
            elif number > self._last + 1:
                self._gap(number)
            else:
                self._tell("changed", self._last, _("réécrite avec son empreinte : la suivante en connaît une autre"))
        elif number != self._last + 1 and number - 1 not in self._moved:
            self._gap(number)
        self._step(row, number)

    def _gap(self, number: int) -> None:
        """Numbers are missing; if the one that followed is further on, it was moved and will be told there."""
        if Entry.objects.filter(previous=self._tip, sequence__gt=number).exists():
            return
        for gone in range(self._last + 1, min(number, self._last + 1 + MOST)):
            self._tell("deleted", gone, _("supprimée"))

    def _unsound(self, row: Row, number: int) -> None:
        original = self._number_of(row, number)
        here = row.content.sequence
        if original is None:
            self._tell("changed", here, _("son contenu n’est plus celui qui a été écrit"))
            self._step(row, number)
        elif row.previous == self._before and self._last and original == number - 1:
            self._tell("inserted", here - 1, _("ajoutée après coup entre deux autres"))
            self._shift += number - original
            self._step(row, original)
        elif original > number and not Entry.objects.filter(previous=self._tip).exists():
            self._gap(original)
            self._shift += number - original
            self._step(row, original)
        else:
            told = _("déplacée : elle portait le numéro %s") % original
            self._tell("reordered", here, told)
            self._moved[original] = row.hash
            self._after_moved = True
            self._step(row, number)

    def _number_of(self, row: Row, number: int) -> int | None:
        """The number it was hashed with, looked for on both sides of its place."""
        for far in range(1, _WINDOW):
            for one in (number - far, number + far):
                if one > 0 and row.fits(one):
                    return one
        return None

    def _step(self, row: Row, number: int) -> None:
        self._before, self._tip, self._last = self._tip, row.hash, number

    def _detail(self, row: Row) -> None:
        if not row.salt and not row.detail:
            self._blank.add(row.content.sequence)
            self.verdict.erased += 1
        elif detail_digest(row.salt, row.detail) != row.content.detail:
            self._tell("changed", row.content.sequence, _("son détail n’est plus celui qui a été écrit"))
        elif row.content.verb == ERASED:
            told = Entry(detail_text=row.detail).detail
            self._erasures.update(told.get("entries", []))
            self._refs.update(told.get("authors", []))

    def close(self, head: Head) -> None:
        """What only the end tells. Others may have written meanwhile: the head of before is a lower bound."""
        now = Head.objects.filter(pk=1).first()
        if now is None or not is_signed(now.mac, now.count, now.hash):
            self._tell("head", 0, _("la tête du journal n’est pas signée par nous"))
        last = self._last + self._shift
        for number in sorted(self._milestones):
            if number > last:
                told = _("le journal s’arrête à %(last)s, il allait jusqu’à %(count)s : la fin a été coupée")
                self._tell("cut", last + 1, told % {"last": last, "count": number})
        if now is not None and last > now.count:
            for number in range(now.count + 1, min(last, now.count + MOST) + 1):
                self._tell("inserted", number, _("ajoutée après la tête du journal"))
        for number in sorted(self._blank - self._erasures)[:MOST]:
            self._tell("erased", number, _("son détail a été effacé sans que le journal le dise"))
        self._authors()

    def _authors(self) -> None:
        rows = Author.objects.order_by("pk").values_list("pk", "ref", "user_id", "label", "salt")
        for pk, ref, user_id, label, salt in rows.iterator(chunk_size=_CHUNK):
            if not salt and not label and user_id is None:
                if ref not in self._refs:
                    self._tell("erased", _first_of(pk), _("son auteur a été effacé sans que le journal le dise"))
            elif author_reference(salt, user_id, label) != ref:
                self._tell("changed", _first_of(pk), _("son auteur n’est plus celui qui a été écrit"))

    def _tell(self, kind: str, entry: int, message: str) -> None:
        self.verdict.problems.append(Problem(kind, entry, message))


def _first_of(author: int) -> int:
    """The first entry of an author; 0 when there is none."""
    return Entry.objects.filter(author_id=author).order_by("sequence").values_list("pk", flat=True).first() or 0


_COLUMNS = (
    *("sequence", "at", "author__ref", "verb", "subject", "detail_digest", "before", "after"),
    *("author_id", "detail_text", "salt", "previous", "hash"),
)


def _rows() -> Iterator[Row]:
    for row in Entry.objects.order_by("sequence").values_list(*_COLUMNS).iterator(chunk_size=_CHUNK):
        at: datetime = row[1]
        content = Content(row[0], at, row[2] or "", *row[3:8])
        yield Row(content, *row[8:])
