"""Typing, publishing, leading its life: rules, bad input, who may."""

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from fairealliance.accounts.actors import SYSTEM
from fairealliance.accounts.models import User
from fairealliance.accounts.personal import erase, export
from fairealliance.journal.models import Change, Entry
from fairealliance.lib.lives import NotAllowed
from fairealliance.needs import actions
from fairealliance.needs.actions import Conflict, Incomplete
from fairealliance.needs.enums import Side, Status
from fairealliance.needs.forms import NeedForm
from fairealliance.needs.life import TABLE, Verb
from fairealliance.needs.models import Need
from fairealliance.organisations.models import Organisation
from tests.needs.cast import OWN, day, draft, published, words
from tests.organisations.cast import entered, read


def told(**facts: object) -> list[str]:
    form = NeedForm(words(**facts))
    return [] if form.is_valid() else form.told()


def test_a_need_is_published_as_it_was_typed(mia: User, halle: Organisation, town) -> None:
    need = published(mia, halle, amount="1 200,50 €", ends_on=day(30).isoformat(), is_remote="on")
    need.refresh_from_db()
    assert (need.status, need.title, need.slug) == (
        "published",
        "Un local pour un atelier vélo",
        "un-local-pour-un-atelier-velo",
    )
    assert (str(need.amount), need.goals, need.goal_bits, need.is_remote) == ("1200.50", [4], 8, True)
    assert list(need.territories.all()) == [town]
    assert need.expires_on == need.ends_on == day(30)
    assert {(change.kind, change.key) for change in Change.objects.all()} >= {
        ("need", str(need.pk)),
        ("organisation", str(halle.pk)),
    }
    [entry] = Entry.objects.filter(verb="need-published")
    assert (entry.subject, entry.before, entry.after) == (f"need:{need.pk}", "draft", "published")


@pytest.mark.parametrize(
    ("facts", "field", "words_"),
    [
        ({"title": ""}, "En une phrase", ""),
        ({"title": "x" * 201}, "En une phrase", "200"),
        ({"description": "x" * 10_000}, "Précisions", "4000"),
        ({"challenge": "x" * 10_000}, "Pour quel défi ?", "2000"),
        ({"exchange": "gold"}, "De quoi s’agit-il ?", ""),
        ({"place_0": "Trifouilly-les-Oies"}, "Où ?", "Trifouilly-les-Oies"),
        ({"place_0": "commune:99999"}, "Où ?", "commune:99999"),
        ({"place_0": ""}, "Où ?", "au moins un lieu"),
        ({"amount": "-5"}, "Montant en euros", "négatif"),
        ({"amount": "beaucoup"}, "Montant en euros", "12 000"),
        ({"amount": "nan"}, "Montant en euros", "12 000"),
        ({"amount": "9" * 30}, "Montant en euros", "12 000"),
        ({"amount": "9999999999,999"}, "Montant en euros", "12 000"),
        ({"ends_on": "2020-01-01"}, "Jusqu’au", "déjà passée"),
        ({"starts_on": day(20).isoformat(), "ends_on": day(10).isoformat()}, "Jusqu’au", "avant le début"),
        ({"starts_on": "demain"}, "À partir du", ""),
        ({"goals": ["99"]}, "Objectifs de développement durable", ""),
        ({"visibility": "amis"}, "Qui peut le voir ?", ""),
    ],
)
def test_what_is_wrong_is_told_with_the_name_of_its_field(facts: dict[str, object], field: str, words_: str) -> None:
    [said] = told(**facts)
    assert said.startswith(f"{field} : ")
    assert words_ in said.replace("\u202f", "").replace("\xa0", "")


def test_what_is_right_is_right() -> None:
    assert told() == []
    assert told(place_0="", is_remote="on") == []
    assert told(starts_on=day(0).isoformat(), ends_on=day(0).isoformat(), amount="0") == []


def test_wrong_words_are_kept_and_not_published(mia: User, halle: Organisation) -> None:
    need = draft(mia, halle, amount="-5")
    with pytest.raises(Incomplete, match="négatif"):
        actions.publish(by=mia, need=need)
    need.refresh_from_db()
    assert (need.status, need.content["amount"], need.title) == ("draft", "-5", "")


def test_begun_twice_from_one_page_it_is_one_draft(mia: User, halle: Organisation) -> None:
    one, two = (actions.begin(by=mia, organisation=halle, side=Side.NEED, page_key="même") for _n in range(2))
    assert one.pk == two.pk


def test_a_page_that_is_too_old_writes_over_nothing(mia: User, halle: Organisation) -> None:
    need = draft(mia, halle)
    actions.save(by=mia, need=need, raw={"title": "Ailleurs"}, version=need.version, page="autre")
    with pytest.raises(Conflict) as raised:
        actions.save(by=mia, need=need, raw={"title": "Ici"}, version=need.version, page="p")
    assert raised.value.theirs["title"] == "Ailleurs"
    need.refresh_from_db()
    assert need.content["title"] == "Ailleurs"


def test_what_one_corrects_shows_once_published_again(mia: User, halle: Organisation) -> None:
    need = published(mia, halle)
    actions.save(by=mia, need=need, raw={"title": "Autre titre"}, version=need.version, page="p")
    need.refresh_from_db()
    assert need.title == "Un local pour un atelier vélo"
    assert actions.publish(by=mia, need=need).title == "Autre titre"
    assert Entry.objects.filter(verb="need-changed").count() == 1


@pytest.mark.parametrize("status", Status.values)
@pytest.mark.parametrize("verb", [Verb.DISCUSS, Verb.RESUME, Verb.MEET, Verb.CLOSE, Verb.RENEW])
def test_each_act_from_each_state(mia: User, halle: Organisation, status: str, verb: Verb) -> None:
    need = published(mia, halle)
    Need.objects.filter(pk=need.pk).update(status=status)
    count = Entry.objects.count()

    def act() -> Need:
        return actions.renew(by=mia, need=need) if verb == Verb.RENEW else actions.move(by=mia, need=need, verb=verb)

    if status in TABLE[verb].start:
        kept = verb == Verb.RENEW and status == Status.DISCUSSION
        assert act().status == (status if kept else TABLE[verb].end)
        assert Entry.objects.count() == count + 1
    elif status == TABLE[verb].end and verb != Verb.RENEW:
        assert act().status == status
        assert Entry.objects.count() == count, "done twice, it is done once"
    else:
        with pytest.raises(NotAllowed):
            act()


def test_only_those_who_act_for_it(mia: User, nina: User, editor: User, halle: Organisation) -> None:
    need = published(mia, halle)
    for outsider in (nina, editor):
        for act in (
            lambda who: actions.begin(by=who, organisation=halle, side=Side.NEED, page_key="x"),
            lambda who: actions.save(by=who, need=need, raw={"title": "x"}, version=1, page=""),
            lambda who: actions.publish(by=who, need=need),
            lambda who: actions.renew(by=who, need=need),
            lambda who: actions.move(by=who, need=need, verb=Verb.MEET),
            lambda who: actions.move(by=who, need=need, verb=Verb.EXPIRE),
            lambda who: actions.discard(by=who, need=need),
        ):
            with pytest.raises(PermissionDenied):
                act(outsider)
    with pytest.raises(PermissionDenied):
        actions.move(by=nina, need=need, verb=Verb.CLOSE)
    assert actions.move(by=editor, need=need, verb=Verb.CLOSE).status == Status.CLOSED
    with pytest.raises(PermissionDenied):
        actions.renew(by=SYSTEM, need=need)


def test_a_draft_is_thrown_away_what_was_published_is_not(mia: User, halle: Organisation) -> None:
    actions.discard(by=mia, need=draft(mia, halle))
    assert not Need.objects.exists()
    with pytest.raises(NotAllowed):
        actions.discard(by=mia, need=published(mia, halle))


def test_the_whole_way_without_javascript(mia: User, halle: Organisation) -> None:
    client = entered(mia)
    begun = client.post(f"{OWN}ecrire/", {"organisation": halle.pk, "cote": "offer", "cle": "abc"})
    page = begun["Location"]
    later = client.post(page, words(title="", do="tard", goals=[], goals_seen=[]))
    assert later["Location"] == OWN
    need = Need.objects.get()
    assert need.content["challenge"].startswith("Des jeunes")
    assert need.content["goals_seen"] != [], "read in the challenge"
    assert need.content["goals"] == [], "and checked by nobody else"
    again = read(client.get(page))
    assert "Des jeunes sans emploi" in again
    assert "Il manque encore" not in again
    missing = client.post(page, words(title="", do="relire"))
    assert missing.status_code == 422
    assert "En une phrase" in read(missing)
    over = client.post(page, words(do="relire", title="<script>alert(1)</script>"))
    assert over["Location"] == f"{page}relire/"
    shown = read(client.get(over["Location"]))
    assert "&lt;script&gt;alert(1)" in shown
    assert "<script>alert" not in shown
    done = client.post(f"{page}publier/")
    assert done["Location"].startswith("/offres/")
    public = Client().get(done["Location"])
    assert public.status_code == 200
    assert "<script>alert" not in read(public)


def test_goals_read_and_left_are_told_before_publishing(mia: User, halle: Organisation) -> None:
    client, need = entered(mia), draft(mia, halle)
    client.post(f"{OWN}{need.pk}/", words(goals=[], goals_seen=[], version=str(need.version), do="tard"))
    told = read(client.get(f"{OWN}{need.pk}/relire/"))
    assert "Aucun objectif n’est coché" in told
    assert f"{OWN}{need.pk}/#objectifs" in told
    need.refresh_from_db()
    client.post(f"{OWN}{need.pk}/", words(goals=["4"], version=str(need.version), do="tard"))
    assert "Aucun objectif n’est coché" not in read(client.get(f"{OWN}{need.pk}/relire/"))


def test_goals_that_were_unchecked_stay_so(mia: User, halle: Organisation) -> None:
    client = entered(mia)
    need = draft(mia, halle)
    away = words(goals=[], goals_seen=[str(number) for number in range(1, 18)], do="tard")
    client.post(f"{OWN}{need.pk}/", {**away, "version": str(need.version)})
    need.refresh_from_db()
    assert need.content["goals"] == []


def test_autosave_keeps_and_answers_with_goals(mia: User, halle: Organisation) -> None:
    client = entered(mia)
    need = actions.begin(by=mia, organisation=halle, side=Side.NEED, page_key="k")
    said = read(client.post(f"{OWN}{need.pk}/enregistrer/", words(goals=[], goals_seen=[], version="0", editing="p")))
    assert "Enregistré à" in said
    assert 'id="objectifs"' in said
    need.refresh_from_db()
    assert f'value="{need.version}" id="version"' in said
    again = words(goals=need.content["goals"], goals_seen=need.content["goals_seen"], version=str(need.version))
    assert 'id="objectifs"' not in read(client.post(f"{OWN}{need.pk}/enregistrer/", {**again, "editing": "p"}))


def test_two_pages_are_compared(mia: User, halle: Organisation) -> None:
    client, need = entered(mia), draft(mia, halle)
    client.post(f"{OWN}{need.pk}/", words(title="Un", version=str(need.version), editing="a", do="tard"))
    clash = client.post(f"{OWN}{need.pk}/", words(title="Deux", version=str(need.version), editing="b", do="tard"))
    assert clash.status_code == 409
    assert "Rien n’est perdu" in read(clash)
    need.refresh_from_db()
    forced = client.post(f"{OWN}{need.pk}/", words(title="Deux", version=str(need.version), editing="b", do="tard"))
    assert forced.status_code == 302
    need.refresh_from_db()
    assert need.content["title"] == "Deux"


def test_one_s_data_goes_out_and_goes_away(mia: User, halle: Organisation) -> None:
    kept, gone = published(mia, halle), draft(mia, halle)
    assert len(export(mia)["needs"]["written"]) == 2
    erase(mia)
    kept.refresh_from_db()
    assert kept.created_by_id is kept.touched_by_id is None
    assert not Need.objects.filter(pk=gone.pk).exists()
