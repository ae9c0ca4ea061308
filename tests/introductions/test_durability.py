"""Two questions at 3, 12 and 24 months, by a link of its own; what all the answers say."""

from datetime import date, datetime

import pytest
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from fairealliance.accounts import personal
from fairealliance.accounts.models import User
from fairealliance.introductions import actions, durability, lasting
from fairealliance.introductions.actions.following import _later
from fairealliance.introductions.enums import Cut, EndReason
from fairealliance.introductions.links import follow_up_path
from fairealliance.introductions.models import Checkup, Introduction
from fairealliance.journal.models import Entry
from fairealliance.lib.lives import NotAllowed
from fairealliance.mailing.models import Notice
from fairealliance.organisations import merging
from fairealliance.organisations.enums import AllianceKind
from fairealliance.organisations.models import Member
from tests.introductions.world import ASKED_AT, PARIS, asked
from tests.organisations import cast
from tests.organisations.cast import read

HERE = "/observatoire/alliances/"
YES = {"lives": "yes", "changed": "much", "words": "Un atelier de plus."}


def day(year: int, month: int, number: int) -> datetime:
    return datetime(year, month, number, 9, tzinfo=PARIS)


@pytest.fixture
def begun(halle, fabrique, mia, fanny) -> Introduction:
    """On 20 October 2026."""
    made = asked(mia, halle, fabrique, now=ASKED_AT)
    actions.accept(by=fanny, introduction=made, now=ASKED_AT)
    return actions.begin(by=mia, introduction=made, kind=AllianceKind.PATRONAGE, now=ASKED_AT)


def _asked() -> list[tuple[str, str]]:
    told = Notice.objects.filter(kind="introduction-follow-up").order_by("pk")
    return [(each.user.email, each.event.split(":follow-up:")[1]) for each in told]


def test_asked_at_three_twelve_and_twenty_four_months_and_once(begun, mia, fanny) -> None:
    days = [day(2027, 1, 19), day(2027, 1, 20), day(2027, 1, 21), day(2027, 10, 20), day(2028, 10, 20)]
    assert [actions.ask_due(now) for now in days] == [0, 2, 0, 2, 2]
    sides = ((mia.email, "asker"), (fanny.email, "asked"))
    assert set(_asked()) == {(who, f"{months}:{side}") for months in (3, 12, 24) for who, side in sides}
    assert len(_asked()) == 6


def test_whoever_answered_last_takes_the_words_away_and_nobody_else(begun, mia, tom, fanny) -> None:
    actions.ask_due(day(2027, 1, 20))
    actions.ask_due(day(2027, 10, 20))
    early, late = Checkup.objects.filter(side="asker", asked_at__isnull=False).order_by("months")
    for by, checkup, words in ((mia, early, "Dit tôt."), (tom, early, "Repris."), (mia, late, "Dit tard.")):
        actions.answer(by=by, checkup=checkup, **YES | {"words": words}, now=checkup.asked_at)
    taken = {
        who.name: str(personal.export(who).get("introductions", {}).get("followed_up")) for who in (mia, tom, fanny)
    }
    assert "Dit tard." in taken[mia.name]
    assert "Repris." not in taken[mia.name], "a teammate wrote over it"
    assert "Repris." in taken[tom.name]
    assert "Dit tard." not in taken[tom.name]
    assert taken[fanny.name] == "None", "the other side never reads it"


def test_after_a_year_without_a_worker_only_the_last_is_asked(begun) -> None:
    assert actions.ask_due(day(2027, 12, 1)) == 2
    assert {event[0:2] for _who, event in _asked()} == {"12"}
    assert Checkup.objects.filter(months=3, asked_at=None, closes_on__isnull=False).count() == 2


def test_told_late_of_an_old_alliance_the_past_is_not_asked(halle, fabrique, mia, fanny) -> None:
    made = asked(mia, halle, fabrique, now=ASKED_AT)
    actions.accept(by=fanny, introduction=made, now=ASKED_AT)
    actions.begin(by=mia, introduction=made, kind=AllianceKind.PATRONAGE, on=date(2025, 10, 1), now=ASKED_AT)
    assert set(made.checkups.values_list("months", flat=True)) == {24}


def test_ended_it_is_still_asked_and_gone_it_is_not(begun, mia, fabrique) -> None:
    actions.end(by=mia, introduction=begun, reason=EndReason.DONE, now=ASKED_AT)
    assert actions.ask_due(day(2027, 1, 20)) == 2
    fabrique.delete()
    assert actions.ask_due(day(2027, 10, 20)) == 0


def test_two_that_became_one_are_not_asked_of_each_other(begun, halle, fabrique, editor) -> None:
    merging.merge(by=editor, kept=halle, gone=fabrique)
    assert actions.ask_due(day(2027, 1, 20)) == 0
    assert begun.checkups.filter(months=3, asked_at=None, closes_on__isnull=False).count() == 2


def test_ended_first_and_merged_later_neither_is_asked_of_itself(begun, mia, halle, fabrique, editor) -> None:
    actions.end(by=mia, introduction=begun, reason=EndReason.DONE, now=ASKED_AT)
    merging.merge(by=editor, kept=halle, gone=fabrique)
    begun.refresh_from_db()
    assert (begun.asker_id, begun.reason) == (begun.asked_id, "done")
    assert actions.ask_due(day(2027, 1, 20)) == 0


@pytest.fixture
def sides(begun) -> tuple[Checkup, Checkup]:
    """What was asked after three months of who asked and of who was asked, both open."""
    actions.ask_due(day(2027, 1, 20))
    Checkup.objects.filter(months=3).update(closes_on=date(2999, 1, 1))
    mine, other = Checkup.objects.filter(months=3)
    return mine, other


def test_answered_without_signing_in_and_changed_until_it_closes(sides, mia) -> None:
    mine, other = sides
    address = follow_up_path(mine, mia)
    client = Client()
    assert "L’alliance vit-elle ?" in read(client.get(address)).replace("\u00a0", " ")
    assert client.get(address).status_code == 200
    assert client.post(address, {"lives": "yes"}).status_code == 422
    assert "C’est noté" in read(client.post(address, YES))
    client.post(address, {**YES, "lives": "paused"})
    mine.refresh_from_db()
    other.refresh_from_db()
    assert (mine.lives, other.lives) == ("paused", "")
    assert Entry.objects.filter(verb="introduction-follow-up-answered", author__user_id=mia.pk).count() == 2
    Checkup.objects.filter(pk=mine.pk).update(closes_on=date(2026, 1, 1))
    assert client.post(address, YES).status_code == 410
    assert "n’est plus ouvert" in read(client.get(address))
    with pytest.raises(NotAllowed):
        actions.answer(by=mia, checkup=mine, lives="yes", changed="much")


def test_each_person_of_a_side_has_a_link_of_their_own(tom, sides, mia, fanny) -> None:
    told = dict(Notice.objects.filter(kind="introduction-follow-up").values_list("user", "path"))
    mine, other = sides
    assert told == {mia.pk: follow_up_path(mine, mia), fanny.pk: follow_up_path(other, fanny)} | {
        tom.pk: follow_up_path(mine, tom)
    }


@pytest.mark.parametrize("left", ["member", "closed", "erased", "nobody"])
def test_whoever_left_neither_answers_nor_reads_the_words(sides, halle, mia, tom, left) -> None:
    """The control: until then, both."""
    mine, _other = sides
    address = follow_up_path(mine, mia)
    client = Client()
    assert "Un atelier de plus." in read(client.post(address, YES))
    if left == "member":
        Member.objects.filter(user=mia).delete()
    elif left == "closed":
        User.objects.filter(pk=mia.pk).update(is_active=False)
    elif left == "erased":
        personal.erase(mia)
    else:
        Member.objects.filter(organisation=halle).delete()
    for answer in (client.get(address), client.post(address, {**YES, "lives": "no", "words": "Pire."})):
        page = read(answer)
        assert answer.status_code == 403
        assert "n’agit plus ici pour La Halle du Forez" in page
        assert not any(word in page for word in ("atelier", "Pire", "La Fabrique", "<select"))
    says = "Personne n’agit aujourd’hui" if left == "nobody" else "Une personne agit aujourd’hui pour elle"
    assert says in page
    mine.refresh_from_db()
    assert (mine.lives, mine.words) == ("yes", "Un atelier de plus.")
    if left != "erased":
        with pytest.raises(PermissionDenied):
            actions.answer(by=User.objects.get(pk=mia.pk), checkup=mine, lives="no", changed="much")


def test_whoever_came_since_answers_from_the_page_of_the_exchange(sides, begun, halle) -> None:
    new = cast.person("neuve@exemple.fr", name="Neuve Membre")
    cast.join(halle, new)
    mine, _other = sides
    address = follow_up_path(mine, new)
    page = read(cast.entered(new).get(begun.get_absolute_url()))
    assert f'href="{address}">Répondre aux deux questions' in page
    assert "C’est noté" in read(Client().post(address, YES))
    page = read(cast.entered(new).get(begun.get_absolute_url()))
    assert f'href="{address}">Changer ma réponse' in page
    assert "Répondre aux deux questions" not in page
    Checkup.objects.update(closes_on=date(2026, 1, 1))
    assert address not in read(cast.entered(new).get(begun.get_absolute_url()))


def test_once_the_other_is_gone_the_page_says_so_and_takes_no_answer(sides, mia, fabrique) -> None:
    mine, _other = sides
    address = follow_up_path(mine, mia)
    Client().post(address, YES)
    fabrique.delete()
    answer = Client().post(address, {**YES, "lives": "no"})
    assert answer.status_code == 410
    page = read(Client().get(address))
    assert "La Fabrique n’est plus sur le site" in page
    assert "reste compté" in page
    assert "<select" not in page
    mine.refresh_from_db()
    assert mine.lives == "yes"
    with pytest.raises(NotAllowed):
        actions.answer(by=mia, checkup=mine, lives="no", changed="much")


def test_once_ones_own_is_gone_nobody_answers(sides, mia, halle) -> None:
    mine, _other = sides
    halle.delete()
    page = read(Client().get(follow_up_path(mine, mia)))
    assert "personne ne peut plus répondre pour elle" in page


def test_once_both_became_one_the_page_says_so(sides, mia, halle, fabrique, editor) -> None:
    mine, _other = sides
    merging.merge(by=editor, kept=halle, gone=fabrique)
    assert "n’en font plus qu’une" in read(Client().get(follow_up_path(mine, mia)))
    assert Client().post(follow_up_path(mine, mia), YES).status_code == 410


def test_merged_into_a_third_the_other_is_told_under_both_names(sides, mia, fabrique, editor) -> None:
    mine, _other = sides
    merging.merge(by=editor, kept=cast.organisation(name="Le Grand Atelier"), gone=fabrique)
    page = read(Client().get(follow_up_path(mine, mia)))
    assert "Votre alliance avec Le Grand Atelier" in page
    assert "elle s’appelait La Fabrique" in page
    assert "C’est noté" in read(Client().post(follow_up_path(mine, mia), YES))


def test_a_link_is_neither_forged_nor_used_elsewhere(sides, mia, fanny) -> None:
    mine, other = sides
    token = follow_up_path(mine, mia).rstrip("/").rsplit("/", 1)[1]
    signature = token.partition("~")[2]
    forged = [f"{other.pk}.{mia.pk}~{signature}", f"{mine.pk}.{fanny.pk}~{signature}", f"{mine.pk}.{mia.pk}~{'A' * 43}"]
    forged += ["1", "x~y", f"{token}x"]
    forged.append(signing.Signer(salt="needs.renewal", sep="~").sign(str(mine.pk)))
    for each in forged:
        assert Client().get(f"/mises-en-relation/suite/{each}/").status_code == 404, each
    later = Checkup.objects.filter(months=12)[0]
    assert Client().get(follow_up_path(later, mia)).status_code == 404, "not asked yet"


def test_a_link_of_before_which_names_nobody_answers_for_nobody(sides) -> None:
    mine, _other = sides
    token = signing.Signer(salt="introductions.follow-up", sep="~").sign(str(mine.pk))
    assert Client().get(f"/mises-en-relation/suite/{token}/").status_code == 403


def _lived(number: int, route: str, said: str, kind: str = "patronage") -> None:
    for each in range(number):
        key = f"{route}{said}{kind}{each}{Introduction.objects.count()}"
        made = Introduction.objects.create(
            route=route,
            kind=kind,
            status="begun",
            begun_on="2026-01-01",
            asked_at=ASKED_AT,
            touched_at=ASKED_AT,
            page_key=key,
        )
        facts = {"asked_at": ASKED_AT, "answered_at": ASKED_AT, "changed": "much", "closes_on": "2026-06-01"}
        Checkup.objects.create(introduction=made, months=3, side="asker", due_on="2026-04-01", lives=said, **facts)
        Checkup.objects.create(introduction=made, months=3, side="asked", due_on="2026-04-01", lives="yes", **facts)


@pytest.mark.django_db
def test_what_all_say_and_few_are_secret() -> None:
    _lived(6, "alone", "yes")
    _lived(2, "alone", "no")
    _lived(7, "catalyst", "yes", "economic")
    rows = {row.label: (row.alliances, row.alive, row.divided, row.state) for row in durability.told().rows[3]}
    assert rows["Toutes"] == (15, 13, 2, "known")
    assert rows["directement"] == (8, 6, 2, "known")
    _lived(1, "catalyst", "yes", "network")
    states = {row.label: row.state for row in durability.told().rows[3] if row.cut == Cut.KIND}
    assert states["réseau ou fédération"] == "secret"
    assert sorted(states.values()) == ["known", "secret", "secret"], "one alone would be subtracted"
    page, file = read(Client().get(HERE)), read(Client().get("/observatoire/alliances.csv"))
    assert "Secret statistique" in page
    assert "3;Forme;réseau ou fédération;secret;;;" in file


@pytest.mark.django_db
def test_the_observatory_tells_it() -> None:
    _lived(6, "alone", "yes")
    _lived(2, "alone", "no")
    sentence = "Trois mois après, 75 % des 8 alliances dont on a des nouvelles vivent"
    for address in ("/observatoire/", HERE):
        page = read(Client().get(address))
        assert sentence in page, address
        assert 'src="/observatoire/alliances.svg"' in page, address
    page = read(Client().get(HERE))
    assert "Dernière réponse le 20 octobre 2026" in page
    assert "les réponses des organisations elles-mêmes" in page
    assert 'href="/observatoire/alliances/"' in read(Client().get("/observatoire/"))


@pytest.mark.django_db
def test_its_files_say_the_same_and_whence() -> None:
    _lived(6, "alone", "yes")
    _lived(1, "catalyst", "yes")
    told = Client().get("/observatoire/alliances.json").json()
    assert told["rows"][0] == {
        **{"mois": 3, "selon": "Ensemble", "valeur": "Toutes", "etat": "known"},
        **{"alliances": 7, "vivantes": 7, "avis_partages": 0},
    }
    assert {row["etat"] for row in told["rows"] if row["selon"] == "Par quelle voie"} == {"secret"}
    assert told["updated_at"].startswith("2026-10-20")
    assert "/observatoire/alliances/" in told["citation"]
    drawn = Client().get("/observatoire/alliances.svg")
    assert "par un catalyseur" in read(drawn).lower()
    for extension, kind in (("csv", "text/csv"), ("png", "image/png"), ("xlsx", "openxmlformats"), ("svg", "svg")):
        answer = Client().get(f"/observatoire/alliances.{extension}")
        assert answer.status_code == 200
        assert kind in answer["Content-Type"]
    assert Client().get("/observatoire/alliances.pdf").status_code == 404


@pytest.mark.django_db
def test_a_chart_draws_no_secret_figure() -> None:
    _lived(4, "alone", "yes")
    assert "Trois mois après, trop peu de réponses pour un chiffre" in read(Client().get(HERE))
    shown = {(bar.label, bar.value, bar.said) for bar in lasting.plot_of(durability.told()).bars}
    assert {("Trois mois après", None, "secret"), ("Un an après", None, "")} <= shown
    assert {value for _label, value, _said in shown} == {None}


@pytest.mark.django_db
def test_where_it_was_leads_to_where_it_is() -> None:
    for before, after_ in (("duree/", HERE), ("duree.csv", "/observatoire/alliances.csv")):
        assert Client().get(f"/mises-en-relation/{before}").url == after_


@pytest.mark.django_db
def test_the_page_costs_the_same_whatever_the_number(town) -> None:
    counts = []
    for more in (1, 12):
        _lived(more, "alone", "yes")
        with CaptureQueriesContext(connection) as caught:
            Client().get(HERE)
        counts.append(len(caught))
    assert counts[0] == counts[1]


@pytest.mark.django_db
def test_nothing_answered_is_said() -> None:
    for address in ("/observatoire/", HERE):
        page = read(Client().get(address))
        assert "Aucune alliance n’a encore donné de nouvelles" in page
        assert 'alliances.svg"' not in page.replace('href="/observatoire/alliances.svg"', "")
    assert Client().get("/observatoire/alliances.json").json()["rows"] == []
    assert durability.told().rows == {3: [], 12: [], 24: []}


def test_the_last_day_of_a_shorter_month() -> None:
    assert _later(date(2026, 11, 30), 3) == date(2027, 2, 28)
    assert _later(date(2024, 2, 29), 12) == date(2025, 2, 28)
    assert _later(date(2026, 1, 31), 24) == date(2028, 1, 31)
