"""How often and how soon: counted, told in ranges, secret when few, and nothing given back by subtraction."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from fairealliance.introductions import rates
from fairealliance.introductions.models import Introduction
from fairealliance.introductions.rates import Tally
from fairealliance.matching import loader
from fairealliance.matching.loader import load
from fairealliance.organisations.models import Organisation
from fairealliance.territories.models import Membership
from tests.factories import OrganisationFactory, TerritoryFactory
from tests.introductions.world import ASKED_AT
from tests.organisations.cast import read

pytestmark = pytest.mark.django_db
HERE = "/mises-en-relation/reponses/"


def had(asked: Organisation, days: list[float | None], **facts: object) -> None:
    """So many requests, answered after so many days, or never."""
    for number, after in enumerate(days):
        at = None if after is None else ASKED_AT + timedelta(days=after)
        told = {"route": "alone", "asked_at": ASKED_AT, "touched_at": ASKED_AT, "status": "silent", **facts}
        key = f"{asked.pk}-{number}-{Introduction.objects.count()}"
        Introduction.objects.create(asked=asked, asked_answered_at=at, page_key=key, **told)


def test_counted_and_told_in_ranges() -> None:
    asked = OrganisationFactory()
    had(asked, [1, 3, 5, 6, None, 30])
    had(asked, [None], status="asked", waits_for="asked")
    had(asked, [None], status="withdrawn")
    had(asked, [1] * 9, is_demo=True)
    tally = rates.of_organisations([asked.pk])[asked.pk]
    assert (tally.asked, tally.answered, tally.soon) == (6, 5, [1, 4, 4])
    assert rates.words_of(tally) == "répond presque toujours, en général en moins d’une semaine"
    assert rates.counted([asked.pk]) == {asked.pk: (6, 5)}
    assert rates.words_of(None) == rates.words_of(Tally(4, 4, [4, 4, 4])) == "pas encore assez de demandes"


@pytest.mark.parametrize(
    ("tally", "words"),
    [
        (Tally(10, 6, [3, 3, 3]), "répond souvent, en général en deux jours"),
        (Tally(10, 2, [0, 0, 1]), "répond parfois, en général en moins de trois semaines"),
        (Tally(10, 1, [0, 0, 0]), "répond rarement, en général en plus de trois semaines"),
        (Tally(10, 0, [0, 0, 0]), "répond rarement"),
    ],
)
def test_ranges(tally: Tally, words: str) -> None:
    assert rates.words_of(tally) == words


def _country() -> dict[str, Organisation]:
    """A région with three départements, one organisation asked in each."""
    region = TerritoryFactory(level="region", code="84", name="Région")
    made = {}
    for code in ("42", "43", "63"):
        departement = TerritoryFactory(level="departement", code=code, name=f"Dép. {code}")
        town = TerritoryFactory(code=f"{code}001")
        for child, parent in ((town, departement), (town, region), (departement, region)):
            Membership.objects.create(child=child, parent=parent)
        made[code] = OrganisationFactory(seat=town)
    return made


def _shown() -> dict[str, str]:
    return {row.territory.code: row.state for rows in rates.of_territories().values() for row in rows}


def test_by_territory_few_are_secret_and_so_is_what_gives_them_back() -> None:
    made = _country()
    had(made["42"], [1] * 9)
    had(made["43"], [1] * 6)
    assert _shown() == {"84": "known", "42": "known", "43": "known"}
    had(made["63"], [1, None])
    # Two hidden of eight together: fifteen less nine tells nothing small of either.
    assert _shown() == {"84": "known", "42": "known", "43": "secret", "63": "secret"}
    page, file = read(Client().get(HERE)), read(Client().get("/mises-en-relation/reponses.csv"))
    assert "Secret statistique" in page
    assert "departement;43;Dép. 43;secret;;;;;" in file
    assert "departement;42;Dép. 42;known;9;9;9;9;9" in file


def test_two_that_are_few_together_are_not_given_back() -> None:
    """Eleven less nine are two, and each was asked something: one each. All three are hidden."""
    made = _country()
    had(made["42"], [1] * 9)
    had(made["43"], [1])
    had(made["63"], [1])
    assert _shown() == {"84": "known", "42": "secret", "43": "secret", "63": "secret"}


def test_control_without_the_complement_it_is_subtracted(monkeypatch) -> None:
    made = _country()
    had(made["42"], [1] * 9)
    had(made["43"], [1] * 6)
    had(made["63"], [1, None])
    monkeypatch.setattr(rates, "_secret", lambda tallies, known: {pk for pk, t in tallies.items() if not t.is_enough})
    found = rates.of_territories()
    known = [row.tally.asked for row in found["departement"] if row.state == "known"]
    assert found["region"][0].tally.asked - sum(known) == 2


def test_nothing_asked_is_said() -> None:
    assert "Pas encore de demande" in read(Client().get(HERE))


def test_the_page_costs_the_same_whatever_the_number() -> None:
    made = _country()
    had(made["42"], [1] * 9)
    counts = []
    for more in (0, 20):
        for number in range(more):
            other = OrganisationFactory(seat=made["43"].seat if number % 2 else made["63"].seat)
            had(other, [1])
        with CaptureQueriesContext(connection) as caught:
            Client().get(HERE)
        counts.append(len(caught))
    assert counts[0] == counts[1]


def test_matching_hears_of_it() -> None:
    asked = OrganisationFactory()
    had(asked, [1, None, None])
    units, _sites, _scopes = load(loader.geography.get(), [asked.pk]).columns()
    assert (units.asked.tolist(), units.answered.tolist()) == ([3], [1])


# The same, as the API tells it.

API = "/api/v1/answer-rates"


def _api(query: str = "") -> list[dict]:
    return Client().get(f"{API}{query}").json()["results"]


def test_the_api_tells_what_the_page_tells() -> None:
    made = _country()
    had(made["42"], [1] * 9)
    had(made["43"], [1] * 6)
    had(made["63"], [1, None])
    told = {row["territory"]["ref"]: row for row in _api()}
    assert {ref: row["state"] for ref, row in told.items()} == {
        **{"region:84": "known", "departement:42": "known"},
        **{"departement:43": "secret", "departement:63": "secret"},
    }
    known = told["departement:42"]
    assert (known["requests"], known["answered"], known["share"]) == (9, 9, 100.0)
    assert known["within"] == [{"days": days, "answered": 9} for days in rates.SOON]
    assert known["delay"] == "en général en deux jours"
    hidden = told["departement:63"]
    assert [hidden[name] for name in ("requests", "answered", "share", "within", "delay")] == [None, None, None, [], ""]


def test_the_api_of_one_territory() -> None:
    made = _country()
    had(made["42"], [1] * 9)
    (one,) = _api("?territory=departement:42")
    assert (one["territory"]["ref"], one["state"], one["requests"]) == ("departement:42", "known", 9)
    (none,) = _api("?territory=departement:63")
    assert (none["state"], none["requests"], none["note"]) == (
        *("unavailable", None),
        "Aucune demande dont on connaisse l’issue.",
    )
    (town,) = _api("?territory=commune:42001")
    assert (town["state"], town["note"]) == ("unavailable", "Compté par région et par département seulement.")


@pytest.mark.parametrize("query", ["?territoire=departement:42", "?territory=departement:99", "?territory=42&limit=3"])
def test_the_api_ignores_nothing(query: str) -> None:
    answer = Client().get(f"{API}{query}")
    assert answer.status_code == 422
    assert answer.json()["detail"][0]["loc"][0] == "query"
