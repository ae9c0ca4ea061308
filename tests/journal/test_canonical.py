"""One value, one text: whatever the order of keys, and whatever a database does to text."""

import json
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairealliance.accounts.actors import SYSTEM
from fairealliance.journal.actions import record
from fairealliance.journal.chain import Content, author_reference, canonical, detail_digest, entry_hash
from fairealliance.journal.models import Entry
from fairealliance.journal.verifying import verify

_LEAVES = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text()
VALUES = st.recursive(_LEAVES, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=12)
DETAILS = st.dictionaries(st.text(), VALUES, max_size=5)
CONTENTS = st.builds(
    Content,
    sequence=st.integers(1, 2**62),
    at=st.datetimes(timezones=st.just(UTC)),
    author=st.text(),
    verb=st.text(),
    subject=st.text(),
    detail=st.text(),
    before=st.text(),
    after=st.text(),
)


def backwards(value):
    if isinstance(value, dict):
        return {key: backwards(value[key]) for key in reversed(list(value))}
    return [backwards(each) for each in value] if isinstance(value, list) else value


@given(DETAILS)
def test_the_order_of_keys_does_not_matter(detail) -> None:
    text = canonical(detail)
    assert text.isascii()
    assert canonical(backwards(detail)) == text
    assert canonical(json.loads(text)) == text


@given(CONTENTS, CONTENTS)
def test_other_content_gives_another_hash(one: Content, other: Content) -> None:
    assert (one == other) == (entry_hash(one, "0") == entry_hash(other, "0"))
    assert entry_hash(one, "0") != entry_hash(one, "1")


def test_what_moves_from_one_field_to_its_neighbour_is_seen() -> None:
    now = datetime.now(UTC)
    one = Content(1, now, "a", "verb", "subject", "d", "x", "")
    assert entry_hash(one, "0") != entry_hash(Content(1, now, "a", "verb", "subject", "d", "", "x"), "0")
    assert entry_hash(one, "0") != entry_hash(Content(1, now, "a", "verbs", "ubject", "d", "x", ""), "0")


def test_the_zone_in_which_an_instant_is_told_does_not_matter() -> None:
    here = datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    there = here.astimezone(timezone(timedelta(hours=2)))
    assert entry_hash(Content(1, here, *["a"] * 6), "0") == entry_hash(Content(1, there, *["a"] * 6), "0")


@pytest.mark.parametrize("value", [float("nan"), float("inf"), {"a": object()}])
def test_what_json_cannot_tell_is_refused(value) -> None:
    with pytest.raises((ValueError, TypeError)):
        canonical(value)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "detail",
    [
        {"nul": "a\x00b", "seul": "\ud800", "grand": 10**30, "petit": 1e-300, "zéro": -0.0, "seize": 1e16},
        {"été": ["é", "e\u0301", "\u2028", "🤝"], "": {"b": None, "a": [True, False]}},
    ],
)
def test_what_comes_back_from_the_database_is_what_was_written(detail) -> None:
    entry = record(by=SYSTEM, verb="essai", subject="x:1", detail=detail)
    back = Entry.objects.get(pk=entry.pk)
    assert canonical(back.detail) == canonical(detail)
    assert verify().is_right


def test_digests_tell_nothing_without_their_salt() -> None:
    assert detail_digest("a", "{}") != detail_digest("b", "{}")
    assert author_reference("a", 1, "Anne") != author_reference("b", 1, "Anne")
    assert author_reference("a", 1, "Anne") != author_reference("a", None, "Anne")
