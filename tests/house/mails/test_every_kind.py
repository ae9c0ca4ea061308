"""Every mail, as text and as HTML: each function that writes one has its example here, or this fails."""

import ast
import re
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.conf import settings
from django.core.mail import EmailMultiAlternatives

import fairealliance
from fairealliance.accounts import mail as accounts_mail
from fairealliance.accounts.envelope import envelope
from fairealliance.design.letters import MARK, Foot, Item, Mail, Way, html_of, text_of
from fairealliance.mailing import kinds
from fairealliance.mailing.models import Notice
from fairealliance.matching import loader
from fairealliance.matching.live import live
from tests.house.mails import examples

pytestmark = pytest.mark.django_db
ROOT = Path(fairealliance.__file__).parent
_ROOTS = {
    "fairealliance.accounts.mail": {"send_mail"},
    "fairealliance.accounts.inviting": {"invite"},
    "fairealliance.mailing.actions": {"tell"},
}
_ADDRESS = re.compile(r"https?://[^\s<>\"]+")
_RESIDUE = re.compile(r"\{\{|\{%|\{#|%\(|%[sd]\b|\bNone\b|&lt;|Bonjour ?[.,] ,|Bonjour ,| {2,}\S|«\s*»|\(\)")
_FETCHED = re.compile(
    r"<(?:link|script|iframe|object|video)\b|@import|url\(|srcset=|\bbackground=|src=\"(?!cid:)", re.IGNORECASE
)
_MARKS = re.compile(r"^(?:> ?|— |• )|\s*:$")


class _Read(HTMLParser):
    """What a reader of the HTML has before the eyes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.sources: list[str] = []
        self.counts: dict[str, int] = {}
        self.words: list[str] = []
        self._hidden = 0
        self.feed(html)
        self.text = _squeezed(" ".join(self.words))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        self.counts[tag] = self.counts.get(tag, 0) + 1
        self.links += [told["href"] or ""] if tag == "a" else []
        self.sources += [told["src"] or ""] if tag == "img" else []
        self._hidden += tag in ("style", "title")

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in ("style", "title")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.words.append(data)


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("\u00a0", " ").replace("\u202f", " ")).strip()


def faults(message: EmailMultiAlternatives) -> Iterator[str]:
    """What is wrong with a mail, whatever it tells."""
    text, htmls = str(message.body), [str(each) for each, kind in message.alternatives if kind == "text/html"]
    if not text.strip() or len(htmls) != 1:
        yield "not both text and HTML"
        return
    html, seen = htmls[0], _Read(htmls[0])
    if set(_ADDRESS.findall(text)) != set(seen.links):
        yield f"other links: {set(_ADDRESS.findall(text)) ^ set(seen.links)}"
    yield from (f"only in the text: {line}" for line in _lines(text) if line not in seen.text)
    yield from (f"fetched: {found}" for found in _FETCHED.findall(html))
    carried = {f"cid:{str(each['Content-ID']).strip('<>')}" for each in message.attachments}
    if set(seen.sources) != carried or not carried:
        yield "a picture that does not come with it, or that nothing shows"
    yield from (
        f"residue: {found}" for found in _RESIDUE.findall(text) + _RESIDUE.findall(seen.text.replace("  ", " "))
    )
    if not re.match(r"Bonjour(?: [^\s,][^\n]*[^\s,])?,\n\n\S", text):
        yield f"greeting: {text[:40]!r}"
    if seen.counts.get("h1") != 1 or not html.startswith('<!doctype html>\n<html lang="fr">'):
        yield "no heading, or no language"
    if 'name="color-scheme" content="light dark"' not in html:
        yield "dark readers are not told of"
    if (
        "Vous recevez ce courriel parce que" not in text.replace("qu’", "que ")
        and "Votre compte Faire Alliance est réglé" not in text
    ):
        yield "it does not say why one receives it"
    if "List-Unsubscribe" in message.extra_headers and not all(
        path in text for path in ("/compte/courriels/", "/courriels/arreter/")
    ):
        yield "no way out at its foot"


def _lines(text: str) -> Iterator[str]:
    for line in text.split("\n"):
        told = _squeezed(_MARKS.sub("", _MARKS.sub("", line.strip())))
        if told and told != "--" and not _ADDRESS.fullmatch(told):
            yield told


@pytest.fixture(autouse=True)
def _anew() -> Iterator[None]:
    """What suggestions keep in memory is of no other test."""
    _forget()
    yield
    _forget()


def _forget() -> None:
    live.forget()
    loader.geography.forget()


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> set[tuple[str, str]]:
    """Who was writing, each time that a mail was: (module, function), from the innermost out."""
    found: set[tuple[str, str]] = set()

    def noting(whole):
        def noted(*args: object) -> object:
            frame = sys._getframe(1)
            while frame is not None:
                found.add((str(frame.f_globals.get("__name__", "")), frame.f_code.co_name))
                frame = frame.f_back
            return whole(*args)

        return noted

    monkeypatch.setattr(kinds, "get", noting(kinds.get))
    monkeypatch.setattr(accounts_mail, "reaches", noting(accounts_mail.reaches))
    return found


def writers() -> set[tuple[str, str]]:
    """All who write a mail, by the source: those who send or tell; and, of a helper that is handed its subject, those
    who call it beside it.
    """
    found = set()
    for path in ROOT.rglob("*.py"):
        name = ".".join(path.relative_to(ROOT.parent).with_suffix("").parts)
        if name not in _ROOTS and not name.startswith("fairealliance.mailing."):
            found |= {(name, each) for each in _writers_in(ast.parse(path.read_text(encoding="utf-8")))}
    return found | {("fairealliance.accounts.inviting", "invite")}


def _writers_in(tree: ast.Module) -> set[str]:
    names, modules = _imported(tree)
    functions = [each for each in ast.walk(tree) if isinstance(each, ast.FunctionDef)]
    calling = names
    found: set[str] = set()
    while calling or modules:
        new = [each for each in functions if each.name not in found and _calls(each, calling, modules)]
        found |= {each.name for each in new}
        calling, modules = {each.name for each in new if _is_handed_its_subject(each)}, {}
    return found


def _imported(tree: ast.Module) -> tuple[set[str], dict[str, set[str]]]:
    """Names of what sends, as this module knows them; and modules that hold one."""
    names: set[str] = set()
    modules: dict[str, set[str]] = {}
    for each in ast.walk(tree):
        if isinstance(each, ast.ImportFrom) and each.module:
            for alias in each.names:
                if alias.name in _ROOTS.get(each.module, ()):
                    names.add(alias.asname or alias.name)
                if whole := _ROOTS.get(f"{each.module}.{alias.name}"):
                    modules[alias.asname or alias.name] = whole
    return names, modules


def _calls(function: ast.FunctionDef, names: set[str], modules: dict[str, set[str]]) -> bool:
    return any(_is_one(each.func, names, modules) for each in ast.walk(function) if isinstance(each, ast.Call))


def _is_one(called: ast.expr, names: set[str], modules: dict[str, set[str]]) -> bool:
    if isinstance(called, ast.Attribute) and isinstance(called.value, ast.Name):
        return called.attr in modules.get(called.value.id, ())
    return isinstance(called, ast.Name) and called.id in names


def _is_handed_its_subject(function: ast.FunctionDef) -> bool:
    return "subject" in {each.arg for each in [*function.args.args, *function.args.kwonlyargs]}


def test_each_kind_has_its_example_and_no_fault(written, django_capture_on_commit_callbacks) -> None:
    shown = examples.all_of(django_capture_on_commit_callbacks)
    assert writers() - written == set(), "they write mails, and no example shows what"
    assert {kind.slug for kind in kinds.known()} == set(Notice.objects.values_list("kind", flat=True))
    assert {name: found for name, message in shown.items() if (found := list(faults(message)))} == {}
    assert [name for name, message in shown.items() if "Le Collectif\n12 rue du Forez" not in message.body] == []
    subjects = {str(message.subject) for message in shown.values()}
    assert all(subject.strip() and "\n" not in subject for subject in subjects)


def test_those_who_write_are_found_by_the_source() -> None:
    found = writers()
    assert ("fairealliance.introductions.mails", "begun") in found, "by a helper of a helper"
    assert ("fairealliance.matching.digest", "_write") in found, "by the name of a module"
    assert ("fairealliance.staff.people", "rescue_editor") in found
    assert ("fairealliance.network.actions.turns", "offer") not in found, "its own `tell` is of the journal"


def test_each_template_of_allauth_that_we_replace_is_ours_whole() -> None:
    """One that allauth brings and that we have not would leave in its words."""
    ours = {path.name for path in (ROOT / "accounts" / "templates").glob("*/email/*_message.txt")}
    theirs = {path.name for path in examples.THEIRS.glob("*/email/*_message.txt")} - {"base_message.txt"}
    assert theirs - ours == {"password_reset_code_message.txt"}, "codes to choose a password are not sent"
    assert not getattr(settings, "ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED", False)


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("cid:" + MARK, "https://ailleurs.example/mark.png", "fetched"),
        ("Bonjour,", "Bonjour %s,", "residue"),
        ("<h1 class", "<p class", "no heading"),
        ("light dark", "light", "dark readers"),
        ("/aide/", "/autre/", "other links"),
    ],
)
def test_a_fault_is_seen(before: str, after: str, said: str) -> None:
    way = Way("Lire", f"{settings.PUBLIC_ADDRESS}/aide/")
    foot = Foot("Vous recevez ce courriel parce que c’est un essai.")
    made = Mail("Un essai", (Item("Un essai", "Voici.", way),), foot)
    whole = envelope("Un essai", text_of(made), html_of(made), to="a@exemple.fr")
    assert list(faults(whole)) == []
    broken = envelope("Un essai", text_of(made), html_of(made).replace(before, after), to="a@exemple.fr")
    assert any(said in fault for fault in faults(broken)), list(faults(broken))
