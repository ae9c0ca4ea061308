"""The page tree, the pages the law asks for and a few sourced news, made once each."""

import json
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from wagtail.models import Page, Site

from fairealliance.accounts.actors import Actor
from fairealliance.accounts.permissions import require_hub_editor
from fairealliance.journal.actions import record
from fairealliance.pages.models import ArticlePage, DoorPage, HomePage, RubricPage, StandardPage, StarterDone

_FILE = Path(__file__).parent / "data" / "starter.toml"
_HOME = "accueil"
_WELCOME = "Welcome to your new Wagtail site!"


@dataclass(frozen=True, slots=True)
class Piece:
    """A page to make: its kind (rubric, door, page, article) and what the file tells of it."""

    kind: str
    told: dict[str, Any]

    @property
    def key(self) -> str:
        return f"{self.kind}:{self.told['key']}"


@cache
def pieces() -> tuple[Piece, ...]:
    """In the order they are made: an article needs its rubric."""
    told = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return tuple(Piece(kind, each) for kind in ("rubric", "door", "page", "article") for each in told[kind])


def load(*, by: Actor) -> int:
    """Make what was never made. Returns how many pages. Two queries when there is nothing to do."""
    require_hub_editor(by)
    _point_site()
    done = set(StarterDone.objects.values_list("key", flat=True))
    missing = [piece for piece in pieces() if piece.key not in done]
    if not missing:
        return 0
    with transaction.atomic():
        home = _home()
        for piece in missing:
            _make(home, piece)
            StarterDone.objects.create(key=piece.key)
        record(by=by, verb="pages-started", subject="pages", detail={"made": [piece.key for piece in missing]})
    return len(missing)


def _home() -> HomePage:
    """The top of the tree; Wagtail's own welcome page gives way to it."""
    home = HomePage.objects.first()
    if home is None:
        root = Page.get_first_root_node()
        Page.objects.filter(depth=2, title=_WELCOME).delete()
        root.refresh_from_db()
        home = HomePage(title="Accueil", slug=_HOME)
        root.add_child(instance=home)
    site = Site.objects.filter(is_default_site=True).first() or Site(is_default_site=True, hostname="localhost")
    if site.root_page_id != home.pk:
        site.root_page, site.site_name = home, settings.WAGTAIL_SITE_NAME
        site.save()
    _point_site()
    return home


def _point_site() -> None:
    """Links of mails lead to the public address."""
    site = Site.objects.filter(is_default_site=True).first()
    address = urlsplit(settings.PUBLIC_ADDRESS)
    host, port = address.hostname or "localhost", address.port or (443 if address.scheme == "https" else 80)
    if site and (site.hostname, site.port) != (host, port):
        site.hostname, site.port = host, port
        site.save()


def _make(home: HomePage, piece: Piece) -> None:
    """Unless an editor already made a page at that address."""
    told = piece.told
    parent = RubricPage.objects.filter(rubric=told["rubric"]).first() if piece.kind == "article" else home
    slug = told.get("slug", told["key"])
    if parent is None or parent.get_children().filter(slug=slug).exists():
        return
    page = _page(piece, slug)
    parent.add_child(instance=page)
    page.save_revision().publish()


def _page(piece: Piece, slug: str) -> Page:
    told: dict[str, Any] = {"intro": "", "body": [], **piece.told}
    body = json.dumps([{"type": kind, "value": value} for block in told["body"] for kind, value in block.items()])
    common = {"title": told["title"], "slug": slug}
    match piece.kind:
        case "rubric":
            return RubricPage(**common, intro=told["intro"], rubric=told["key"], body=body)
        case "door":
            ways = json.dumps([{"type": "way", "value": way} for way in told["ways"]])
            return DoorPage(**common, intro=told["intro"], door=told["key"], ways=ways, body=body)
        case "page":
            return StandardPage(**common, intro=told["intro"], body=body)
        case _:
            article = {name: told[name] for name in ("date", "lead", "goals")}
            return ArticlePage(**common, **article, source_label=told["source"], body=body)
