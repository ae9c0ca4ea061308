"""What one may not see is as what does not exist: in pages, API, search, feeds, counts, exports, files."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import caches
from wagtail.models import Page

from fairealliance.config.access import things
from fairealliance.config.access.roles import Role
from fairealliance.config.access.routes import Route, routes
from fairealliance.config.access.rows import TABLE
from fairealliance.config.access.table import Row
from fairealliance.contributions.enums import Status
from fairealliance.contributions.models import Correction, Proposal
from fairealliance.federation.models import Upload
from fairealliance.introductions.models import Introduction
from fairealliance.needs.models import Need
from fairealliance.network.models import Catalyst
from fairealliance.observatory.models import Study
from fairealliance.organisations.models import Claim
from fairealliance.pages.models import HubDocument, HubImage
from fairealliance.resources.models import Collection
from fairealliance.roadmap.models import Draft
from fairealliance.search import follow
from tests.access.asking import Asking, form
from tests.access.known import ABSENCE, SECRET

# Wagtail leaves the temporary file of a rendition to the collector.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning", "ignore::ResourceWarning")
QUERIES = {
    "search:explore": ("", f"?q={SECRET}", "?q=alliance"),
    "search:feed": ("", f"?q={SECRET}"),
    "api-v1:search": (f"?q={SECRET}", "?q=alliance"),
    "needs:needs": ("", "?quoi=premises"),
    "organisations:suggestions": (f"?q={SECRET}",),
    "network:catalysts": ("", "?secteur=emploi"),
    "api-v1:catalysts": ("", "?sector=emploi"),
    "sheets:act": (f"?territoire=commune:42218&defi={SECRET}",),
    "api-v1:sheet": (f"?territory=commune:42218&challenge={SECRET}",),
}
"""Where words are sought: those of what is hidden as well."""
OUTSIDERS = (Role.PUBLIC, Role.MEMBER)


def _of_things() -> Iterator[tuple[Route, Row]]:
    for route in routes():
        row = TABLE.row(route.name)
        if row and row.of.states and not row.is_delegated:
            yield route, row


def _asks_of_the_thing(role: Role, route: Route) -> bool:
    """At the desk the others are refused before anything is looked for."""
    return role == Role.SECRETARIAT or not route.path.startswith("/gestion/")


def _knows(role: Role, row: Row, state: str) -> bool:
    """Whether another address lets them know that the thing is there. Measures are public, whoever reports on them; the
    link of an invitation, of a follow-up, or that signs in, which we alone can make, says to whoever has it why it no
    longer holds.
    """
    return row.of in (things.MEASURE, things.INVITATION, things.MAIL_LINK, things.FOLLOW_UP) or any(
        each.of == row.of and any(each.allows(role, method, state) for method in ("GET", "POST")) for each in TABLE.rows
    )


def test_what_is_refused_looks_like_what_is_not_there(asking: Asking) -> None:
    compared, different = 0, []
    for route, row in _of_things():
        for role in Role:
            if _asks_of_the_thing(role, route):
                for method in ("GET", "POST"):
                    states = [state for state in row.of.states if not row.allows(role, method, state)]
                    hidden = [state for state in states if not _knows(role, row, state)]
                    compared += len(hidden)
                    different += _different(asking, route, row, role, method, hidden)
    assert "\n".join(different) == ""
    assert compared > 200


def _different(asking: Asking, route: Route, row: Row, role: Role, method: str, states: list[str]) -> list[str]:
    """The states whose refusal tells that there is something."""
    someone, nothing = asking.known.people[role], asking.address(route, ABSENCE)
    if not states or nothing is None:
        return []
    absent = asking.ask(someone, method, nothing, form(route, someone, ABSENCE)).told(nothing, *_names(ABSENCE))
    found = []
    for state in states:
        words = asking.known.place(row.of, state, someone)
        there = words and asking.address(route, words)
        if words and there:
            told = asking.ask(someone, method, there, form(route, someone, words)).told(there, *_names(words))
            found += [f"{role} {method} {there} ({state}): {told[:2]} is not {absent[:2]}"] if told != absent else []
    return found


def _names(words: dict[str, Any]) -> list[str]:
    return [str(word).strip("/") for word in words.values() if len(str(word)) > 4]


def _public_answers(asking: Asking) -> dict[str, Any]:
    """Every public address as outsiders read it, search and files included."""
    for cache in caches.all(initialized_only=True):
        cache.clear()
    follow.run_once()
    answers = {}
    for route in routes():
        row = TABLE.row(route.name)
        if row is None or row.is_delegated:
            continue
        for role in OUTSIDERS:
            someone = asking.known.people[role]
            for state in row.states:
                words = asking.known.place(row.of, state, someone)
                address = asking.address(route, words) if words is not None and row.allows(role, "GET", state) else None
                for query in QUERIES.get(route.name, ("",)) if address else ():
                    answer = asking.ask(someone, "GET", f"{address}{query}")
                    answers[f"{role} {address}{query}"] = answer.told()
    return answers


def _remove_hidden() -> None:
    Collection.objects.filter(is_public=False).delete()
    Study.objects.exclude(pk__in=Study.objects.published()).delete()
    Draft.objects.all().delete()
    Correction.objects.all().delete()
    Proposal.objects.exclude(status=Status.ACCEPTED).delete()
    Upload.objects.all().delete()
    assert Need.objects.filter(content__title__icontains=SECRET).delete()[0]
    assert Catalyst.objects.filter(name__contains=SECRET).delete()[0]
    Claim.objects.filter(message__contains=SECRET).delete()
    assert Introduction.objects.filter(subject=f"{SECRET} of_others").delete()[0]
    hidden = Page.objects.filter(title__contains=SECRET)
    assert hidden.count() == 2 * (len(things.PAGE.states) - 1)
    for page in hidden:
        page.delete()
    for model in (HubImage, HubDocument):
        model.objects.filter(title="restricted").delete()


def test_nothing_public_changes_when_what_is_hidden_goes(asking: Asking) -> None:
    """Neither a word nor a count: the same bytes."""
    before = _public_answers(asking)
    _remove_hidden()
    after = _public_answers(asking)
    assert before.keys() == after.keys()
    assert [address for address, told in before.items() if told != after[address]] == []
    assert len(before) > 200


def test_what_is_shown_does_change_it(asking: Asking) -> None:
    """The control: published, the same things are seen in lists, files, feeds, search and counts."""
    before = _public_answers(asking)
    study = Study.objects.exclude(pk__in=Study.objects.published()).get()
    study.state = "published"
    study.save()
    Collection.objects.filter(is_public=False).update(is_public=True)
    page = Page.objects.get(title=f"{SECRET} draft")
    page.get_latest_revision().publish()
    after = _public_answers(asking)
    changed = {address.partition(" ")[2] for address, told in before.items() if told != after[address]}
    assert changed >= {
        "/observatoire/etudes/",
        "/observatoire/etudes.csv",
        "/observatoire/atom.xml",
        "/ressources/collections/",
        "/actualites/atom.xml",
        "/sitemap-etudes.xml",
        f"/recherche/?q={SECRET}",
        f"/api/v1/search?q={SECRET}",
        "/api/v1/observatory/studies",
    }
