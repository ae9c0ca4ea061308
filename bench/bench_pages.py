"""What pages cost: the home page as a browser gets it; a page of a list beside a bare Django ListView.

The bare view shows the same twenty practices with the same facts, from the database, in the plainest page: no
search, no facet, no map, no layout. `BENCH_PRACTICES` and `BENCH_ROUNDS` change the sizes.
"""

import gzip
import os
import random
import statistics
import sys
import time
from collections.abc import Callable
from functools import cache
from html.parser import HTMLParser
from io import BytesIO, StringIO
from urllib.parse import quote, urljoin, urlsplit

from bench import scene  # noqa: F401 -- an empty database, before anything is imported

# isort: split
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.management import call_command
from django.db import transaction
from django.http import HttpResponse
from django.template import engines
from django.urls import include, path
from django.views.generic import ListView

from fairealliance.config import urls
from fairealliance.config.access import middleware
from fairealliance.config.access.roles import EVERYONE
from fairealliance.config.access.rows import TABLE
from fairealliance.config.access.table import Row, Table, reads
from fairealliance.goals.vocabulary import GOALS, THEMES
from fairealliance.organisations.enums import Sphere
from fairealliance.practices.models import Practice, PracticePartner, PracticeTerritory
from fairealliance.provenance.models import Source
from fairealliance.search.documents import source
from fairealliance.search.store import default_store
from fairealliance.search.writer import Writer
from fairealliance.territories.enums import Level
from fairealliance.territories.models import Territory

PRACTICES = int(os.environ.get("BENCH_PRACTICES", "10000"))
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "6"))
PAGES = 20
MOST_BYTES, MOST_REQUESTS, LEAST_RATIO = 150_000, 15, 0.6
WORDS = [
    *("garage", "solidaire", "mobilité", "jeunes", "école", "décrochage", "forêt", "énergie", "rénovation"),
    *("toiture", "gymnase", "eau", "rivière", "déchets", "recyclerie", "emploi", "insertion", "médecin", "santé"),
    *("aînés", "logement", "café", "commerce", "vélo", "cantine", "ferme", "circuit", "court", "numérique"),
    *("aidants", "handicap", "culture", "sport", "fête", "jardin", "partagé", "tiers-lieu", "atelier", "chantier"),
]
PLAIN = """<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>Pratiques</title></head><body>
<h1>Pratiques</h1><p>{{ paginator.count }} résultats</p><ul>
{% for practice in object_list %}<li><h2><a href="{{ practice.get_absolute_url }}">{{ practice.title }}</a></h2>
<p>{% for place in practice.territories.all %}{{ place.name }} {% endfor %}{{ practice.start_year }}
{% if practice.is_demo %}Contenu inventé{% endif %}</p><p>{{ practice.summary|truncatewords:34 }}</p>
<p>{% for partner in practice.partners.all %}{{ partner.get_sphere_display }} {% endfor %}
{% for goal in practice.goals %}{{ goal }} {% endfor %}</p><p>Source : {{ practice.source.label }}</p></li>
{% endfor %}</ul>
<p>{% if page_obj.has_previous %}<a href="?page={{ page_obj.previous_page_number }}">Avant</a>{% endif %}
Page {{ page_obj.number }} sur {{ paginator.num_pages }}
{% if page_obj.has_next %}<a href="?page={{ page_obj.next_page_number }}">Après</a>{% endif %}</p></body></html>"""


class Bare(ListView):
    """As Django's tutorial would do it, without the mistake of a query per row."""

    paginate_by = 20
    queryset = Practice.objects.select_related("source").prefetch_related("partners", "territories").order_by("-pk")

    def render_to_response(self, context: dict[str, object], **kwargs: object) -> HttpResponse:
        return HttpResponse(_template().render(context, self.request))


@cache
def _template() -> object:
    """Compiled once, as a loader would keep it."""
    return engines["django"].from_string(PLAIN)


urlpatterns = [path("nu/", Bare.as_view(), name="bare"), path("", include(urls))]


def main() -> int:
    settings.ROOT_URLCONF = __name__
    settings.ALLOWED_HOSTS = ["testserver"]
    middleware.TABLE = Table([*TABLE.rows, Row("bare", (reads(EVERYONE),))])
    call_command("migrate", verbosity=0)
    call_command("load_territories", verbosity=0, stdout=StringIO())
    call_command("collectstatic", interactive=False, verbosity=0)
    _fill()
    application = WSGIHandler()
    return max(_home(application), _lists(application))


# --- the home page -------------------------------------------------------------------------------


def _home(application: WSGIHandler) -> int:
    """Everything a first visit asks for, compressed as it is sent."""
    sizes: dict[str, int] = {}
    foreign: list[str] = []
    wanted = ["/"]
    while wanted:
        address = wanted.pop()
        status, body, sent = _get(application, address)
        assert status == 200, f"{address}: {status}"
        sizes[address] = sent
        links = _Links(body.decode(errors="replace")).found if address == "/" else []
        for link in (urljoin(address, link) for link in links):
            if urlsplit(link).netloc:
                foreign.append(link)
            elif link not in sizes and link not in wanted:
                wanted.append(link)
    total = sum(sizes.values())
    print(f"home: {total / 1000:.1f} kB in {len(sizes)} requests, {len(foreign)} to third parties")
    print(f"      target: at most {MOST_BYTES // 1000} kB and {MOST_REQUESTS} requests, none to third parties")
    for address, size in sorted(sizes.items(), key=lambda pair: -pair[1]):
        print(f"      {size / 1000:6.1f} kB  {address}")
    return int(total > MOST_BYTES or len(sizes) > MOST_REQUESTS or bool(foreign))


class _Links(HTMLParser):
    """What a browser fetches by itself: styles, icons, scripts, pictures."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        fetched = tag == "link" and (given.get("rel") or "") in {"stylesheet", "icon", "preload", "modulepreload"}
        address = given.get("href") if fetched else given.get("src") if tag in {"script", "img", "source"} else None
        if address:
            self.found.append(address)


# --- a page of a list ----------------------------------------------------------------------------


def _lists(application: WSGIHandler) -> int:
    pages = [f"?page={number}" for number in range(1, PAGES + 1)]
    asked = [f"?kind=practice&q={quote(first)}+{quote(second)}" for first, second in _pairs()]
    listed = [f"/recherche/?kind=practice&{page[1:]}" for page in pages]
    bare = [f"/nu/{page}" for page in pages]
    rounds = [
        (_rate(application, bare), _rate(application, listed), _rate(application, [f"/recherche/{a}" for a in batch]))
        for batch in (asked[number * PAGES : (number + 1) * PAGES] for number in range(ROUNDS + 1))
    ][1:]
    plain, browsed, searched = (statistics.median(column) for column in zip(*rounds, strict=True))
    ratio = statistics.median(ours / theirs for theirs, ours, _new in rounds)
    first = statistics.median(new / theirs for theirs, _ours, new in rounds)
    print(f"list of {PRACTICES:,} practices, 20 a page, one process:")
    print(f"      bare Django ListView                         {plain:6.0f} requests/s")
    print(f"      explorer, pages 1 to {PAGES}                      {browsed:6.0f} requests/s   ratio {ratio:.2f}")
    print(f"      explorer, words never asked before           {searched:6.0f} requests/s   ratio {first:.2f}")
    print(f"      target: ratio of the list at least {LEAST_RATIO}")
    return int(ratio < LEAST_RATIO)


def _pairs() -> list[tuple[str, str]]:
    pairs = [(first, second) for first in WORDS for second in WORDS if first < second]
    random.Random(7).shuffle(pairs)
    return pairs


def _rate(application: WSGIHandler, addresses: list[str]) -> float:
    started = time.perf_counter()
    for address in addresses:
        status, _body, _sent = _get(application, address, read=False)
        assert status == 200, f"{address}: {status}"
    return len(addresses) / (time.perf_counter() - started)


def _get(application: WSGIHandler, address: str, *, read: bool = True) -> tuple[int, bytes, int]:
    """Status, content, and bytes sent, of a request as a browser makes it."""
    parts = urlsplit(address)
    told: list[tuple[str, list[tuple[str, str]]]] = []
    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": parts.path,
        "QUERY_STRING": parts.query,
        "SERVER_NAME": "testserver",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": "testserver",
        "HTTP_ACCEPT_ENCODING": "gzip",
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(),
        "wsgi.errors": sys.stderr,
    }
    start: Callable[..., None] = lambda status, headers, exc_info=None: told.append((status, headers))  # noqa: E731
    response = application(environ, start)
    body = b"".join(response)
    response.close()
    status, headers = told[0]
    packed = dict(headers).get("Content-Encoding") == "gzip"
    # The status line and the headers travel too.
    sent = len(body) + sum(len(name) + len(value) + 4 for name, value in headers) + len(status) + 13
    return int(status[:3]), gzip.decompress(body) if read and packed else body, sent


# --- what is shown -------------------------------------------------------------------------------


def _fill() -> None:
    """Practices with two partners and a place each, in the database and in the index."""
    chance = random.Random(42)
    origin = Source.objects.create(slug="bench", label="Fonds d’essai, projets aidés")
    communes = list(Territory.objects.filter(level=Level.COMMUNE, population__gte=2_000).order_by("pk"))
    spheres, themes = Sphere.values, sorted(THEMES)
    with transaction.atomic():
        made = Practice.objects.bulk_create(
            (_practice(number, chance, origin, themes) for number in range(PRACTICES)), batch_size=500
        )
        PracticePartner.objects.bulk_create(
            (
                PracticePartner(practice=each, name=f"Partenaire {rank}", sphere=sphere)
                for each in made
                for rank, sphere in enumerate(chance.sample(spheres, 2))
            ),
            batch_size=500,
        )
        PracticeTerritory.objects.bulk_create(
            (PracticeTerritory(practice=each, territory=chance.choice(communes)) for each in made), batch_size=500
        )
    _index([str(each.pk) for each in made])


def _practice(number: int, chance: random.Random, origin: Source, themes: list[str]) -> Practice:
    title = " ".join(chance.choices(WORDS, k=6)).capitalize()
    return Practice(
        title=title,
        slug=f"pratique-{number}",
        challenge=" ".join(chance.choices(WORDS, k=40)),
        summary=" ".join(chance.choices(WORDS, k=40)),
        start_year=chance.randrange(2015, 2025),
        goals=chance.sample(sorted(GOALS), 2),
        themes=chance.sample(themes, 2),
        source=origin,
        source_key=str(number),
    )


def _index(keys: list[str]) -> None:
    practices = source("practice")
    assert practices is not None
    store = default_store()
    writer = Writer(store.new_folder())
    for start in range(0, len(keys), 1_000):
        writer.put(practices.build(keys[start : start + 1_000]))
    writer.commit(0)
    writer.close()
    store.publish(writer.folder)


if __name__ == "__main__":
    sys.exit(main())
