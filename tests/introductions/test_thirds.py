"""Thirds: whoever put two in touch, whoever is warned. What they read goes with their role."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fairealliance.accounts.actions import vouch
from fairealliance.accounts.models import User
from fairealliance.introductions import actions, thirds
from fairealliance.introductions.models import Introduction
from fairealliance.introductions.permissions import can_read_thread
from fairealliance.lib.lives import NotAllowed
from fairealliance.matching.enums import RefusalReason
from fairealliance.network import actions as network
from fairealliance.network.models import Catalyst
from fairealliance.organisations.models import Organisation
from tests.access.introducing import photo
from tests.introductions.world import ASKED_AT, after, asked, catalyst, now_of, told
from tests.organisations import cast
from tests.organisations.cast import entered, mails_to, read

HERE = "/mises-en-relation/"


def proposed(by: User, first, second, page_key: str = "p") -> Introduction:
    words = {"subject": "Un atelier", "text": "Vous devriez vous parler.", "page_key": page_key}
    return actions.propose(by=by, first=first, second=second, now=ASKED_AT, **words)


def _reads(user: User, made: Introduction) -> bool:
    """By each of the ways in, which must agree."""
    seen = Introduction.objects.visible_to(user).filter(pk=made.pk).exists()
    assert seen == Introduction.objects.of(user).filter(pk=made.pk).exists() == can_read_thread(user, now_of(made))
    return seen


@pytest.mark.parametrize("lost", [{"standing": "refused"}, {"consented_at": None}])
def test_a_catalyst_no_longer_one_reads_and_writes_no_more(halle, fabrique, mia, fanny, oscar, town, lost) -> None:
    catalyst(oscar, town)
    made = proposed(oscar, halle, fabrique)
    assert _reads(oscar, made)
    actions.write(by=oscar, introduction=made, text="Alors ?", page_key="a")
    Catalyst.objects.filter(user=oscar).update(**lost)
    assert not _reads(oscar, made)
    assert entered(oscar).get(made.get_absolute_url()).status_code == 404
    for act in (
        lambda: actions.write(by=oscar, introduction=made, text="Encore.", page_key="b"),
        lambda: actions.withdraw(by=oscar, introduction=made),
    ):
        with pytest.raises(PermissionDenied):
            act()
    actions.decline(by=fanny, introduction=made, reason=RefusalReason.OTHER)
    assert told(oscar) == [], "nor is told of it"


def test_the_secretariat_keeps_what_it_proposed_while_it_is_it(halle, fabrique, mia, fanny, editor) -> None:
    made = proposed(editor, halle, fabrique)
    assert _reads(editor, made)
    User.objects.filter(pk=editor.pk).update(is_secretariat=False)
    assert not _reads(User.objects.get(pk=editor.pk), made)


def test_whoever_is_warned_finds_it_for_as_long_as_they_can_help(halle, fabrique, mia, fanny, oscar, town) -> None:
    held = catalyst(oscar, town)
    made = asked(mia, halle, fabrique, now=ASKED_AT)
    client = entered(oscar)
    assert "Votre aide est attendue" not in read(client.get(HERE))
    actions.advance(after(14))
    page = read(client.get(HERE))
    assert "Votre aide est attendue" in page
    assert "Un local pour l’atelier" in page
    assert "Votre aide est attendue : 1" in read(client.get("/mon-espace/"))
    assert client.get(made.get_absolute_url()).status_code == 200
    Catalyst.objects.filter(pk=held.pk).update(consented_at=None)
    assert client.get(made.get_absolute_url()).status_code == 404
    assert not Introduction.objects.to_help(oscar)
    Catalyst.objects.filter(pk=held.pk).update(consented_at=ASKED_AT)
    actions.accept(by=fanny, introduction=made)
    assert client.get(made.get_absolute_url()).status_code == 404, "answered: no help is awaited"
    assert "Un local pour l’atelier" not in read(client.get(HERE))


def _cost(client, address: str) -> int:
    with CaptureQueriesContext(connection) as caught:
        assert client.get(address).status_code == 200
    return len(caught)


def test_whoever_is_warned_reads_whom_to_call_and_what_helps(halle, fabrique, mia, fanny, oscar, editor, town) -> None:
    """Where the organisations have members here, too: a mail of theirs is nobody's to give, the public page is."""
    Organisation.objects.update(website="", email="", phone="")
    catalyst(oscar, town)
    made = asked(mia, halle, fabrique, now=ASKED_AT)
    actions.advance(after(14))
    page, helper = made.get_absolute_url(), entered(oscar)
    helper.get(page)
    before = _cost(helper, page)
    assert read(helper.get(page)).count("Sa fiche ne dit ni site, ni courriel, ni téléphone.") == 2
    known = {"website": "https://fabrique.example/", "email": "accueil@fabrique.example", "phone": "04 77 00 00 00"}
    Organisation.objects.filter(pk=fabrique.pk).update(**known)
    Organisation.objects.filter(pk=halle.pk).update(phone="04 77 11 11 11")
    for client in (helper, entered(editor)):
        shown = read(client.get(page))
        helping = shown[shown.index("Comment aider</h2>") :]
        for words in (*known.values(), "04 77 11 11 11", "Appelez qui doit la réponse", "Proposez un moment"):
            assert words in helping, words
        assert helping.index("04 77 00 00 00") < helping.index("04 77 11 11 11"), "whoever owes the answer is first"
        assert "Sa fiche ne dit" not in helping
        assert "fanny@exemple.fr" not in helping
        assert "réponse soit dite ici" in helping
    assert _cost(helper, page) == before
    for client in (entered(mia), entered(fanny)):
        assert "Comment aider" not in read(client.get(page)), "the two sides are no third"
    actions.accept(by=fanny, introduction=made)
    assert "Comment aider" not in read(entered(editor).get(page)), "nothing is awaited any more"


def test_of_a_closed_account_nothing_is_read(halle, fabrique, mia, fanny, oscar, town) -> None:
    catalyst(oscar, town)
    made = asked(mia, halle, fabrique, now=ASKED_AT)
    actions.advance(after(14))
    oscar.is_active = False
    oscar.save()
    assert not Introduction.objects.to_help(oscar)
    assert not Introduction.objects.visible_to(oscar).filter(pk=made.pk)


def test_whoever_put_both_in_touch_is_warned_first(halle, fabrique, mia, fanny, oscar, editor, town) -> None:
    near = cast.person("near@exemple.fr", name="Near")
    catalyst(near, town)
    held = catalyst(oscar, town, capacity=1)
    made = proposed(oscar, halle, fabrique)
    assert thirds.who_may_help(made, after(14)) == [oscar, near]
    Catalyst.objects.filter(pk=held.pk).update(absent_from=after(1).date())
    assert thirds.who_may_help(made, after(14)) == [near], "away"
    Catalyst.objects.filter(pk=held.pk).update(absent_from=None, consented_at=None)
    assert thirds.who_may_help(now_of(made), after(14)) == [near], "no longer one"
    assert thirds.who_may_help(proposed(editor, halle, cast.organisation(name="Autre"), "e"), after(14))[0] == editor


def test_whoever_acts_for_a_side_is_no_third(halle, fabrique, mia, fanny, editor, town) -> None:
    catalyst(fanny, town)
    made = asked(mia, halle, fabrique, now=ASKED_AT)
    assert thirds.who_may_help(made, after(14)) == [editor]


def test_warning_costs_the_same_whatever_the_number_of_catalysts(halle, fabrique, mia, fanny, oscar, town) -> None:
    made = asked(mia, halle, fabrique, now=ASKED_AT)
    catalyst(oscar, town)
    counts = []
    for more in (0, 12):
        for number in range(more):
            catalyst(cast.person(f"c{number}@exemple.fr", name=f"C{number}"), town)
        held = now_of(made)
        with CaptureQueriesContext(connection) as caught:
            assert len(thirds.who_may_help(held, after(14))) == min(1 + more, 3)
        counts.append(len(caught))
    assert counts[0] == counts[1]


def accompanied(by: User, made: Introduction) -> str:
    """Its page, once they took on its support."""
    assert entered(by).post(f"{made.get_absolute_url()}accompagner/", {"accord": "donner"}).status_code == 302
    return read(entered(by).get(made.get_absolute_url()))


@pytest.fixture
def silent(halle, fabrique, mia, fanny, oscar, town) -> Introduction:
    """Asked a fortnight ago; Oscar, a catalyst, was warned."""
    catalyst(oscar, town)
    made = asked(mia, halle, fabrique, now=ASKED_AT)
    actions.advance(after(14))
    return made


def test_whoever_was_warned_takes_on_its_support_and_writes_to_both(silent, mia, fanny, oscar) -> None:
    assert "J’accompagne cet échange" in read(entered(oscar).get(silent.get_absolute_url()))
    with pytest.raises(PermissionDenied):
        actions.write(by=oscar, introduction=silent, text="Bonjour à vous deux.", page_key="c0")
    page = accompanied(oscar, silent)
    assert "Bonjour, parlons-en." not in page, "what was said before was not meant for them"
    assert "reste entre les deux organisations" in page
    for side in (mia, fanny):
        assert "Un tiers accompagne votre échange : Un local pour l’atelier" in told(side)
        shown = read(entered(side).get(silent.get_absolute_url()))
        assert "Accompagnée par" in shown
        assert "depuis son arrivée, par Oscar Dehors (catalyseur)" in shown
    actions.write(by=oscar, introduction=silent, text="Je vous aide à trouver une date.", page_key="c1")
    assert [subject for subject in told(fanny) if subject.startswith("Oscar Dehors vous écrit")] != []
    actions.write(by=fanny, introduction=silent, text="Volontiers, mardi.", page_key="f1")
    actions.accept(by=fanny, introduction=silent)
    page = read(entered(oscar).get(silent.get_absolute_url()))
    assert "Volontiers, mardi." in page, "they stay once the answer came"
    assert "Qui accompagne l’échange" in page
    assert _reads(oscar, silent)


@pytest.mark.parametrize("who", ["mia", "fanny", "oscar"])
def test_either_side_ends_the_support_and_so_does_who_gives_it(silent, mia, fanny, oscar, who) -> None:
    accompanied(oscar, silent)
    actions.accept(by=fanny, introduction=silent)
    by = {"mia": mia, "fanny": fanny, "oscar": oscar}[who]
    address = f"{silent.get_absolute_url()}accompagner/"
    assert "Mettre fin à l’accompagnement" in read(entered(by).get(silent.get_absolute_url()))
    assert entered(by).post(address, {"accord": "retirer"}).status_code == 302
    assert entered(oscar).get(silent.get_absolute_url()).status_code == 404
    assert not _reads(oscar, silent)
    for other in {mia, fanny, oscar} - {by}:
        assert "L’accompagnement prend fin : Un local pour l’atelier" in told(other)
    assert entered(mia).post(address, {"accord": "retirer"}).status_code == 302, "twice, it is done once"
    assert "L’accompagnement prend fin" in read(entered(mia).get(silent.get_absolute_url()))


def _words_of_mails_to(user: User) -> str:
    return "\n".join(f"{each.subject}\n{each.body}" for each in mails_to(user.email))


@pytest.mark.parametrize("who", ["a catalyst who was warned", "of the secretariat"])
def test_what_was_written_is_not_sent_to_whoever_supports_it_no_more(silent, mia, fanny, oscar, editor, who) -> None:
    """They may still open its page, for they were warned: it says how things stand, not what was written."""
    helper = oscar if who == "a catalyst who was warned" else editor
    silent.warned.add(editor)
    vouch(editor)
    mails_to(helper.email)
    actions.accompany(by=helper, introduction=silent)
    actions.write(by=mia, introduction=silent, text="Un mot entre nous trois.", page_key="m9")
    assert [each for each in told(helper) if "vous écrit" in each] != []
    actions.end_support(by=fanny, introduction=silent)
    assert entered(helper).get(silent.get_absolute_url()).status_code == 200
    assert "Un mot entre nous trois." not in read(entered(helper).get(silent.get_absolute_url()))
    told_since = _words_of_mails_to(helper)
    assert "Un mot entre nous trois." not in told_since
    assert mia.email not in told_since


def test_whoever_supported_it_reads_by_mail_that_it_ends(silent, mia, fanny, oscar) -> None:
    accompanied(oscar, silent)
    actions.accept(by=fanny, introduction=silent)
    mails_to(oscar.email)
    actions.end_support(by=mia, introduction=silent)
    said = _words_of_mails_to(oscar)
    assert "L’accompagnement prend fin : Un local pour l’atelier" in said
    assert "Vous n’accompagnez plus cet échange" in said
    assert f"{HERE}\n" in said.partition("Vous n’accompagnez plus")[2], "its own page is theirs no more"


def _close(user: User) -> None:
    user.is_active = False
    user.save()


_LEAVINGS = {
    "consent withdrawn": lambda oscar, editor: network.withdraw_consent(by=oscar),
    "profile removed": lambda oscar, editor: network.remove(by=oscar, owner=oscar),
    "profile refused": lambda oscar, editor: network.judge(
        by=editor, catalyst=oscar.catalyst, accepted=False, reason="Injoignable."
    ),
    "account closed": lambda oscar, editor: _close(oscar),
}


@pytest.mark.parametrize("how", _LEAVINGS)
def test_a_catalyst_who_is_one_no_more_leaves_what_they_support_and_both_are_told(
    silent, mia, fanny, oscar, editor, how, django_capture_on_commit_callbacks
) -> None:
    accompanied(oscar, silent)
    actions.accept(by=fanny, introduction=silent)
    with django_capture_on_commit_callbacks(execute=True):
        _LEAVINGS[how](oscar, editor)
    for side in (mia, fanny):
        assert told(side).count("L’accompagnement prend fin : Un local pour l’atelier") == 1
        assert "L’accompagnement prend fin" in read(entered(side).get(silent.get_absolute_url()))
    assert told(oscar).count("L’accompagnement prend fin : Un local pour l’atelier") == 0
    assert now_of(silent).companion is None


def test_of_the_secretariat_one_supports_it_until_their_desk_closes(
    silent, mia, oscar, editor, django_capture_on_commit_callbacks
) -> None:
    silent.warned.add(editor)
    actions.accompany(by=editor, introduction=silent)
    with django_capture_on_commit_callbacks(execute=True):
        editor.save()  # as when their proofs are given anew
    assert now_of(silent).companion == editor
    editor.is_secretariat = False
    with django_capture_on_commit_callbacks(execute=True):
        editor.save()
    assert now_of(silent).companion is None
    assert told(mia).count("L’accompagnement prend fin : Un local pour l’atelier") == 1


def test_an_account_saved_and_gone_at_once_takes_nobody_elses_support(
    silent, oscar, django_capture_on_commit_callbacks
) -> None:
    accompanied(oscar, silent)
    other = cast.person("autre@exemple.fr", name="Autre")
    with django_capture_on_commit_callbacks(execute=True):
        other.save()
        other.delete()
    assert now_of(silent).companion == oscar


def test_one_supports_it_and_only_who_was_warned(silent, mia, oscar, editor, town) -> None:
    near = cast.person("near@exemple.fr", name="Near")
    catalyst(near, town)
    with pytest.raises(PermissionDenied):
        actions.accompany(by=near, introduction=silent)
    with pytest.raises(PermissionDenied):
        actions.accompany(by=mia, introduction=silent)
    assert entered(editor).post(f"{silent.get_absolute_url()}accompagner/", {}).status_code == 403
    silent.warned.add(near)
    accompanied(oscar, silent)
    actions.accompany(by=oscar, introduction=silent)
    assert told(mia).count("Un tiers accompagne votre échange : Un local pour l’atelier") == 1
    with pytest.raises(NotAllowed):
        actions.accompany(by=near, introduction=silent)
    assert "J’accompagne" not in read(entered(near).get(silent.get_absolute_url()))
    Catalyst.objects.filter(user=oscar).update(consented_at=None)
    assert not _reads(oscar, silent)
    with pytest.raises(PermissionDenied):
        actions.write(by=oscar, introduction=silent, text="Encore.", page_key="c2")
    assert "Accompagnée par" not in read(entered(mia).get(silent.get_absolute_url()))
    accompanied(near, silent)
    assert now_of(silent).companion == near


def test_a_file_sent_before_they_came_is_not_theirs(halle, fabrique, mia, fanny, oscar, town) -> None:
    catalyst(oscar, town)
    made = asked(mia, halle, fabrique, now=ASKED_AT)
    before = actions.write(by=mia, introduction=made, text="Le plan.", page_key="m1", files=[photo()])
    actions.advance(after(14))
    accompanied(oscar, made)
    since = actions.write(by=fanny, introduction=made, text="Le nôtre.", page_key="f1", files=[photo()])
    keys = [each.attachments.get().key for each in (before, since)]
    found = [entered(oscar).get(f"{made.get_absolute_url()}fichiers/{key}/") for key in keys]
    assert [answer.status_code for answer in found] == [404, 200]
    for answer in found:
        answer.close()
