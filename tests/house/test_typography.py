"""French signs hold to their words: before ; : ! ? » and after « a space never breaks, in every room’s templates."""

import re
from datetime import UTC, datetime, time
from pathlib import Path

import pytest

import fairealliance
from fairealliance.design.templatetags.french_dates import hour
from fairealliance.lib.dates_fr import hour_in_words

ROOT = Path(fairealliance.__file__).parent
ROOMS = sorted({path.relative_to(ROOT).parts[0] for path in ROOT.rglob("*.html")})
_COMMENT = re.compile(r"\{#.*?#\}|\{% comment %\}.*?\{% endcomment %\}", re.DOTALL)
_BREAKS = re.compile(r"(?<=[^\s%{(]) (?=[;:!?»](?:[\s<\"'{)]|$|[.,…]))|(?<=«) (?=\S)")


def breaks(text: str) -> list[str]:
    bare = _COMMENT.sub("", text)
    return [bare[max(0, each.start() - 20) : each.end() + 10] for each in _BREAKS.finditer(bare)]


@pytest.mark.parametrize("room", ROOMS)
def test_no_sign_is_left_alone_at_the_start_of_a_line(room: str) -> None:
    found = {
        str(path.relative_to(ROOT)): breaks(path.read_text(encoding="utf-8")) for path in (ROOT / room).rglob("*.html")
    }
    assert {name: each for name, each in found.items() if each} == {}


def test_an_hour_is_told_in_one_way_that_no_line_breaks() -> None:
    """`{{ at|hour }}`, or `hour_in_words`: « 23 h 47 » with spaces that never break."""
    apart = re.compile(r"\b[GHgh] \\+h|%[-]?[HI] h")
    found = [
        str(path.relative_to(ROOT))
        for path in ROOT.rglob("*.*")
        if path.suffix in {".py", ".html", ".txt"} and apart.search(path.read_text(encoding="utf-8"))
    ]
    assert found == []
    assert hour_in_words(time(9, 5)) == "9\u00a0h\u00a005"
    assert hour(datetime(2026, 7, 1, 21, 47, tzinfo=UTC)) == "23\u00a0h\u00a047", "as it was here"


def test_what_breaks_is_seen() -> None:
    assert breaks("<p>Qui ? « Moi » : oui !</p>") != []
    assert breaks("<p>Qui\u00a0? «\u00a0Moi\u00a0»\u00a0: oui\u00a0!</p>") == []
    assert breaks("{# Why : that #}<a href='x?y=1'>") == []
