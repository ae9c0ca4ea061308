"""Links asked if they still answer: what is understood, what is never opened, what is kept."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from fairealliance.accounts.actors import SYSTEM
from fairealliance.journal.models import Entry
from fairealliance.resources import actions
from fairealliance.resources.enums import LinkState
from fairealliance.resources.links import rounds
from fairealliance.resources.links.ask import Answer, Asker
from fairealliance.resources.links.gate import Gate, is_public
from fairealliance.resources.links.verdict import verdict
from fairealliance.resources.models import LinkEvent, LinkRecord
from tests.factories import ResourceFactory
from tests.pages import read
from tests.resources.fake_web import Web, web

db = pytest.mark.django_db


@pytest.fixture
def net() -> Iterator[Web]:
    with web() as made:
        yield made


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/200", Answer(200)),
        ("/404", Answer(404)),
        ("/410", Answer(410)),
        ("/503", Answer(503)),
        ("/head-405", Answer(200)),
        ("/to?/200", Answer(200)),
        ("/for-good?/200", Answer(200, moved_to="http://site.fr/200")),
        ("/for-good?/to?/200", Answer(200)),
        ("/for-good?/404", Answer(404)),
        ("/loop", Answer(problem="loop")),
        ("/slow", Answer(problem="timeout")),
        ("/école?q=été", Answer(404)),
    ],
)
def test_answers_are_understood(net: Web, path: str, expected: Answer) -> None:
    if path.startswith("/école"):
        net.names["site.fr"] = net.names["site.fr"]
        answer = net.asker.ask("http://site.fr/404?q=été")
        assert net.asked[0][1] == "/404?q=%C3%A9t%C3%A9"
        assert answer == expected
        return
    assert net.asker.ask(f"http://site.fr{path}") == expected


def test_head_comes_first_and_get_only_when_it_is_not_answered_well(net: Web) -> None:
    net.asker.ask("http://site.fr/200")
    assert [method for method, _path in net.asked] == ["HEAD"]
    assert net.pauses == []
    net.asker.ask("http://site.fr/404")
    assert [method for method, _path in net.asked] == ["HEAD", "HEAD", "GET"]
    assert net.pauses == [1.0], "one site is left a moment between two questions"


def test_what_is_no_name_and_what_is_no_answer(net: Web) -> None:
    assert net.asker.ask("http://nulle-part.fr/").problem == "dns"
    assert net.asker.ask("http://site.fr/nonsense").problem == "protocol"

    def dead(address: str, port: int, timeout: float) -> None:
        raise ConnectionRefusedError(111, "Connection refused")

    asker = Asker(gate=Gate(net.resolve, dead), pause=net.pauses.append)  # type: ignore[arg-type]
    assert asker.ask("http://site.fr/").problem == "unreachable"


PRIVATE = [
    *("127.0.0.1", "10.0.0.8", "192.168.1.1", "172.16.0.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1"),
    *("::1", "fe80::1", "fc00::1", "::ffff:10.0.0.1", "64:ff9b::a00:1", "2002:a00:1::", "ff02::1", "240.0.0.1", "x"),
]


@pytest.mark.parametrize("address", PRIVATE)
def test_private_addresses_are_never_dialled(net: Web, address: str) -> None:
    assert not is_public(address)
    net.names["piege.fr"] = [address]
    assert net.asker.ask("http://piege.fr/200").problem == "forbidden"
    assert net.dialled == []


@pytest.mark.parametrize("address", ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c"])
def test_public_addresses_are_control(address: str) -> None:
    assert is_public(address)


def test_one_private_address_among_public_ones_is_enough_to_refuse(net: Web) -> None:
    net.names["piege.fr"] = ["93.184.215.14", "10.0.0.1"]
    assert net.asker.ask("http://piege.fr/200").problem == "forbidden"
    assert net.dialled == []


@pytest.mark.parametrize(
    "target",
    [
        "http://127.0.0.1/200",
        "http://169.254.169.254/latest/meta-data",
        "http://interne.fr/200",
        "http://site.fr:8080/200",
        "http://site.fr:22/",
        "file:///etc/passwd",
        "ftp://site.fr/",
        "http://moi:secret@site.fr/200",
        "http://[::1]/200",
    ],
)
def test_a_redirect_leads_nowhere_private(net: Web, target: str) -> None:
    net.names["interne.fr"] = ["10.1.2.3"]
    assert net.asker.ask(f"http://site.fr/to?{target}").problem == "forbidden"
    assert set(net.dialled) == {"93.184.215.14"}


def test_the_connection_goes_to_the_address_that_was_looked_at(net: Web) -> None:
    """A name that answers something else the second time changes nothing: it is asked once a page."""
    answers = iter([["93.184.215.14"], ["10.0.0.1"]])
    asker = Asker(gate=Gate(lambda host, port: next(answers), net.dial), pause=net.pauses.append)
    assert asker.ask("http://site.fr/200") == Answer(200)
    assert net.dialled == ["93.184.215.14"]


@pytest.mark.parametrize(
    ("answer", "failures", "state"),
    [
        (Answer(200), 2, LinkState.ALIVE),
        (Answer(404), 0, LinkState.DEAD),
        (Answer(410), 0, LinkState.DEAD),
        (Answer(403), 0, LinkState.CLOSED),
        (Answer(429), 2, LinkState.CLOSED),
        (Answer(500), 0, LinkState.FAILING),
        (Answer(500), 2, LinkState.DEAD),
        (Answer(problem="dns"), 0, LinkState.FAILING),
        (Answer(problem="dns"), 1, LinkState.FAILING),
        (Answer(problem="dns"), 2, LinkState.DEAD),
        (Answer(problem="forbidden"), 2, LinkState.REFUSED),
    ],
)
def test_what_an_answer_means(answer: Answer, failures: int, state: LinkState) -> None:
    assert verdict(answer, failures).state == state


def again() -> None:
    LinkRecord.objects.update(due_at=timezone.now() - timedelta(minutes=1))


@db
def test_a_round_keeps_what_it_found_and_when_it_changed(net: Web) -> None:
    dying = ResourceFactory(link="http://site.fr/404")
    living = ResourceFactory(link="http://autre.fr/200")
    ResourceFactory(link="")
    ResourceFactory(link="http://site.fr/200", is_demo=True)
    assert rounds.check_due(net.asker) == 2
    assert living.link_record.state == LinkState.ALIVE
    dead = LinkRecord.objects.get(resource=dying)
    assert (dead.state, dead.status) == (LinkState.DEAD, 404)
    first_seen = dead.since
    assert rounds.check_due(net.asker) == 0, "nothing is due"
    again()
    assert rounds.check_due(net.asker) == 2
    dead.refresh_from_db()
    assert dead.since == first_seen
    assert LinkEvent.objects.filter(resource=dying).count() == 1, "only changes are events"
    assert Entry.objects.filter(verb="link-checked", subject=f"resource:{dying.pk}").count() == 1


@db
def test_a_link_that_comes_back_tells_it(net: Web) -> None:
    resource = ResourceFactory(link="http://site.fr/404")
    rounds.check_due(net.asker)
    kept = LinkRecord.objects.get()
    actions.ignore_link(by=SYSTEM, link=kept)
    actions.save_answer(
        by=SYSTEM, resource=resource, url=resource.link, verdict=verdict(Answer(200)), at=timezone.now()
    )
    assert list(LinkEvent.objects.values_list("state", flat=True)) == [LinkState.ALIVE, LinkState.DEAD]
    kept.refresh_from_db()
    assert kept.ignored_at is None, "what was ignored is no longer"


@db
def test_a_new_link_is_asked_anew(net: Web) -> None:
    resource = ResourceFactory(link="http://site.fr/404")
    rounds.check_due(net.asker)
    resource.link = "http://site.fr/200"
    resource.save()
    assert rounds.check_due(net.asker) == 1
    assert LinkRecord.objects.get().state == LinkState.ALIVE


@db
def test_one_link_a_site_in_a_round_and_the_same_link_asked_once(net: Web) -> None:
    ResourceFactory.create_batch(3, link="http://site.fr/200")
    ResourceFactory(link="http://site.fr/404")
    ResourceFactory(link="http://autre.fr/200")
    assert rounds.check_due(net.asker) == 4
    assert len(net.asked) == 2


@db
def test_when_nothing_answers_it_is_we_who_are_cut_off(net: Web) -> None:
    ResourceFactory(link="http://disparu.fr/")
    ResourceFactory(link="http://perdu.fr/")
    assert rounds.check_due(net.asker) == 0
    assert not LinkRecord.objects.exists()
    ResourceFactory(link="http://site.fr/200")
    assert rounds.check_due(net.asker) == 3, "control: one answer, and the silence of the others means something"


@db
def test_nothing_goes_out_where_it_is_forbidden(net: Web, settings: object) -> None:
    settings.CHECK_LINKS = False  # type: ignore[attr-defined]
    ResourceFactory(link="http://site.fr/200")
    assert rounds.check_due(net.asker) == 0
    assert net.asked == []


@db
def test_the_page_says_when_the_link_was_checked(net: Web, client: Client) -> None:
    resource = ResourceFactory(link="http://site.fr/404")
    assert "vérifié le" not in read(client, resource.get_absolute_url()).words
    rounds.check_due(net.asker)
    page = read(client, resource.get_absolute_url())
    assert "Ce lien ne répond plus (vérifié le" in page.words
    resource.link = "http://site.fr/200"
    resource.save()
    assert "vérifié le" not in read(client, resource.get_absolute_url()).words, "another link: not known yet"


@db
def test_a_new_address_longer_than_any_we_keep_is_left_aside() -> None:
    """A site decides of it: kept, it stopped the whole round where the database counts letters."""
    resource = ResourceFactory(link="http://site.fr/")
    told = verdict(Answer(200, moved_to="http://site.fr/" + "x" * 3000))
    kept = actions.save_answer(by=SYSTEM, resource=resource, url=resource.link, verdict=told, at=timezone.now())
    assert (kept.state, kept.moved_to) == (LinkState.ALIVE, "")
