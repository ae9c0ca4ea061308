"""A mail as it is read: the same words and the same ways as text and as HTML, under the mark of the house.

What is told is plain text, its paragraphs parted by a blank line. A few are seen as what they are:

- `> …` on each line: somebody's own words, which lead nowhere (a stranger's link would pass for ours);
- a first line, then lines that begin with `• `: a list, under its title;
- words, then one of our addresses alone on the last line: a link, by these words;
- a code alone: to be copied.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fairealliance.lib.text_fr import shorten, squeeze, typeset, without_controls

QUOTE = "> "
"""How each line begins of what somebody wrote."""
MARK = "mark@faire-alliance"
"""Under which name the picture of the mark travels with the mail: nothing is fetched to read one."""
MARK_FILE = Path(__file__).parent / "components" / "mark" / "mark.png"
_CODE = re.compile(r"[0-9A-Z]{3,}(?:-[0-9A-Z]{2,})*")
_WORD, _STOP = re.compile(r"\S+"), re.compile(r"(?<=\w)[.．。｡](?=[^\W\d_])|(?<=:)(?=//)")
_ADDRESS = re.compile(r"[<(«“\"]*[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}[>)».,;:!?”\"]*")
_LONGEST_NAME = 60
_NO_NAME = re.compile(r"[@/<>\\]|www\.|\.\w{2,}$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Way:
    """A page to open, by its whole address."""

    label: str
    href: str


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that is told; `way`: what there is to do; `after`: what is said once that is."""

    title: str
    text: str
    way: Way | None = None
    after: str = ""


@dataclass(frozen=True, slots=True)
class Foot:
    """`why` one receives it; `ways` to receive less; `imprint`: who publishes the site, empty when nobody said."""

    why: str
    ways: tuple[Way, ...] = ()
    imprint: str = ""


@dataclass(frozen=True, slots=True)
class Mail:
    """`name`: of whom it is written to, empty when not known."""

    subject: str
    items: tuple[Item, ...]
    foot: Foot
    name: str = ""

    @property
    def has_several(self) -> bool:
        return len(self.items) > 1

    @property
    def heading(self) -> str:
        if not self.has_several:
            return self.items[0].title
        return ngettext("%d nouvelle pour vous", "%d nouvelles pour vous", len(self.items)) % len(self.items)


@dataclass(frozen=True, slots=True)
class Part:
    """A paragraph, seen as what it is: `kind` is text, quote, list, way or code."""

    kind: str
    lines: tuple[str, ...]
    href: str = ""


def greeting(name: str) -> str:
    """With their name when it is known, and is one: an address in its place would be a link of ours."""
    known = squeeze(without_controls(name))
    if not known or len(known) > _LONGEST_NAME or _NO_NAME.search(known):
        return _("Bonjour,")
    return _("Bonjour %s,") % known


def text_of(mail: Mail) -> str:
    """Plain: each thing under its title, its way under its words, then who writes and why."""
    told = [greeting(mail.name)]
    for item, after in _with_what_is_new(mail):
        if mail.has_several:
            told.append(f"— {item.title}")
        told.append(item.text.strip())
        if item.way:
            told.append(_way(item.way))
        told.append(after)
    home = f"{_('Faire Alliance')}\n{settings.PUBLIC_ADDRESS}/"
    foot = [home, mail.foot.why, *map(_way, mail.foot.ways), mail.foot.imprint]
    words = "\n\n".join(part for part in told if part)
    return f"{words}\n\n-- \n" + "\n".join(line for line in foot if line) + "\n"


def html_of(mail: Mail) -> str:
    """The same, dressed. Whatever stands in what is told is text."""
    items = [
        {"title": item.title, "parts": parts(item.text), "way": item.way, "after": parts(after)}
        for item, after in _with_what_is_new(mail)
    ]
    told = {"mail": mail, "greeting": greeting(mail.name), "items": items, "inkling": shorten(_first_words(mail), 110)}
    return render_to_string("design/mail.html", {**told, "mark": MARK, "home": settings.PUBLIC_ADDRESS}).strip()


def quoted(text: str) -> str:
    """What somebody wrote, in a mail of ours: seen as theirs, and without any link."""
    return "\n".join(f"{QUOTE}{line}" for line in unlinked(text).splitlines())


def unlinked(text: str) -> str:
    """The same to the eye, and no link for readers of mail, which make one of `exemple.fr` by themselves: a joiner that
    nobody sees parts it. An address of mail is left whole: it is there to be copied.
    """
    return _WORD.sub(
        lambda found: found[0] if _ADDRESS.fullmatch(found[0]) else _STOP.sub("\\g<0>\u2060", found[0]), text
    )


def parts(text: str) -> list[Part]:
    return [_part(part.strip()) for part in text.split("\n\n") if part.strip()]


def _part(part: str) -> Part:
    lines = [line.rstrip() for line in part.split("\n")]
    if all(line.startswith(">") for line in lines):
        return Part("quote", _set(line.removeprefix(">").strip() for line in lines))
    if len(lines) > 1 and all(line.startswith("• ") for line in lines[1:]):
        return Part("list", _set(line.removeprefix("• ") for line in lines))
    if _is_ours(lines[-1]):
        label = " ".join(lines[:-1]).rstrip(" :\u00a0")
        return Part("way", _set([label or lines[-1]]), lines[-1])
    if len(lines) == 1 and _CODE.fullmatch(part):
        return Part("code", (part,))
    return Part("text", _set(lines))


def _set(lines: Iterator[str] | list[str]) -> tuple[str, ...]:
    return tuple(typeset(line) for line in lines)


def _is_ours(line: str) -> bool:
    """One address and nothing else. Others are left to whoever reads: a link is a promise of ours."""
    return line.startswith(f"{settings.PUBLIC_ADDRESS}/") and " " not in line


def _way(way: Way) -> str:
    return f"{way.label} :\n{way.href}"


def _with_what_is_new(mail: Mail) -> Iterator[tuple[Item, str]]:
    """Each with what is said after it, said once however many say it."""
    said: set[str] = set()
    for item in mail.items:
        after = "\n\n".join(part for part in item.after.strip().split("\n\n") if part and part not in said)
        said.update(item.after.strip().split("\n\n"))
        yield item, after


def _first_words(mail: Mail) -> str:
    """What lists of mails show beside the subject."""
    if mail.has_several:
        return " · ".join(item.title for item in mail.items[1:])
    return next((" ".join(part.lines) for part in parts(mail.items[0].text) if part.kind in ("text", "list")), "")
