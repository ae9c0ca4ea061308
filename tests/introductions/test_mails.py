"""What mails of introductions say: who, from where, what for; and what they keep for whoever may read it."""

import pytest
from django.utils import timezone

from fairealliance.accounts.models import User
from fairealliance.design.letters import unlinked
from fairealliance.introductions import actions, mails
from fairealliance.introductions.models import Introduction
from fairealliance.mailing.models import Notice
from fairealliance.matching.enums import RefusalReason
from fairealliance.needs.enums import Side, Visibility
from fairealliance.organisations.models import Member, Organisation
from tests.access.introducing import photo
from tests.introductions.world import asked
from tests.needs.cast import published
from tests.network.cast import catalyst
from tests.organisations import cast

HALLE = "La Halle du Forez (association, à Saint-Étienne)"


@pytest.fixture(autouse=True)
def _spheres(halle: Organisation, fabrique: Organisation) -> None:
    for held, sphere in ((halle, "association"), (fabrique, "entreprise")):
        held.sphere = sphere
        held.save()


def said(user: User) -> str:
    """The last that they were told."""
    return Notice.objects.filter(user=user).latest("pk").text


def test_asked_one_reads_who_from_where_and_what_for(halle, fabrique, mia, fanny) -> None:
    text = "Bonjour, parlons-en : mia@exemple.fr ou 04 77 12 34 56."
    asked(mia, halle, fabrique, subject="Un local, 04 77 12 34 56", text=text)
    told = said(fanny)
    assert told.startswith(f"{HALLE} souhaite entrer en relation avec La Fabrique.\n\nSujet : Un local, [")
    assert "\n\n> Bonjour, parlons-en" in told
    assert "mia@" not in told
    assert "04 77" not in told


def test_proposed_by_a_third_each_reads_by_whom_and_with_whom(halle, fabrique, mia, fanny, editor) -> None:
    words = {"subject": "Un verger", "text": "Parlez-vous.", "page_key": "k"}
    actions.propose(by=editor, first=halle, second=fabrique, **words)
    who = f"{editor.name}, secrétariat"
    assert f"{who}, propose à La Fabrique d’entrer en relation avec {HALLE}." in said(fanny)
    fabrique_is = "La Fabrique (entreprise, à Saint-Étienne)"
    assert f"{who}, propose à La Halle du Forez d’entrer en relation avec {fabrique_is}." in said(mia)


@pytest.mark.parametrize(
    ("whose", "visibility", "line"),
    [
        ("fanny", Visibility.PUBLIC, "Il s’agit de votre offre « Un hangar »."),
        ("fanny", Visibility.NETWORK, "Il s’agit de votre offre « Un hangar »."),
        ("mia", Visibility.PUBLIC, "Il s’agit de son offre « Un hangar »."),
        ("mia", Visibility.NETWORK, "Il s’agit de son offre « Un hangar »."),
        ("mia", Visibility.LINK, ""),
    ],
)
def test_a_need_is_told_to_whoever_may_read_it(halle, fabrique, mia, fanny, whose, visibility, line) -> None:
    owner, of = {"fanny": (fanny, fabrique), "mia": (mia, halle)}[whose]
    need = published(owner, of, Side.OFFER, title="Un hangar", visibility=visibility)
    asked(mia, halle, fabrique, need=need)
    assert line in said(fanny)
    assert ("Un hangar" in said(fanny)) == bool(line)


def test_a_message_names_its_files_without_their_addresses(halle, fabrique, mia, fanny) -> None:
    made, (_name, taken) = asked(mia, halle, fabrique), photo()
    actions.write(by=mia, introduction=made, text="Voici.", page_key="a", files=[("plan 06 12 34 56 78.jpg", taken)])
    assert "> Voici.\n\nAvec un fichier, à ouvrir sur la page de l’échange :\n\n> plan [" in said(fanny)
    actions.accept(by=fanny, introduction=made)
    actions.write(by=mia, introduction=made, text="Et ceci.", page_key="b", files=[("devis.jpg", taken)])
    assert said(fanny).endswith(f"\n\n> {unlinked('devis.jpg')}")
    actions.write(by=mia, introduction=made, text="Sans rien.", page_key="c")
    assert said(fanny).endswith("> Sans rien.")


def test_a_reminder_and_the_end_say_again_who_and_what_for(halle, fabrique, mia, fanny) -> None:
    made = asked(mia, halle, fabrique)
    step = made.steps.filter(kind="reminder").first()
    mails.reminded(made, step, timezone.localdate(), timezone.now())
    assert f"{HALLE} souhaite entrer en relation avec La Fabrique, et attend une réponse depuis le" in said(fanny)
    assert "Sujet : Un local pour l’atelier" in said(fanny)
    actions.decline(by=fanny, introduction=made, reason=RefusalReason.NOT_NOW, words="Pas cet hiver.")
    assert said(mia).startswith(f"Entre {HALLE} et La Fabrique (entreprise, à Saint-Étienne).\nSujet : Un local")
    assert said(mia).endswith("\n\n> Pas cet hiver."), "the words of another are theirs"


def test_a_third_reads_who_asks_whom_and_no_word_of_theirs(halle, fabrique, mia, oscar) -> None:
    made = asked(mia, halle, fabrique)
    mails.warned(made, [oscar], timezone.now())
    assert said(oscar).startswith(
        f"{HALLE} souhaite entrer en relation avec La Fabrique (entreprise, à Saint-Étienne)."
    )
    assert "atelier" not in said(oscar)
    assert "parlons-en" not in said(oscar)


def test_who_is_gone_or_sits_nowhere_known_is_told_by_name(halle, fabrique, mia, fanny) -> None:
    other = cast.organisation(name="Sans lieu")
    cast.join(other, fanny)
    asked(mia, halle, other)
    Introduction.objects.update(asked=None)
    held = Introduction.objects.get()
    mails.closed(held, timezone.now())
    assert said(mia).startswith(f"Entre {HALLE} et Sans lieu.\n")


def test_whoever_left_before_a_letter_went_reads_nothing_more(halle, fabrique, mia, tom, fanny) -> None:
    made = asked(mia, halle, fabrique)
    actions.accept(by=fanny, introduction=made)
    actions.write(by=fanny, introduction=made, text="Le code du portail est 2486.", page_key="k2")
    Member.objects.filter(user=tom).delete()
    assert cast.mails_to(tom.email) == []
    assert "2486" in cast.mails_to(mia.email)[-1].body


def test_that_an_exchange_ends_with_the_organisation_is_told_to_those_it_had(halle, fabrique, mia, fanny) -> None:
    asked(mia, halle, fabrique)
    fabrique.delete()
    [mail] = cast.mails_to(fanny.email)
    assert mail.subject.startswith("L’échange prend fin")
    assert "souhaite entrer en relation" not in mail.body


def test_whoever_was_warned_is_not_told_once_it_is_answered(halle, fabrique, mia, fanny, oscar) -> None:
    made = asked(mia, halle, fabrique)
    made.warned.add(oscar)
    catalyst(oscar)
    mails.warned(made, [oscar], timezone.now())
    actions.decline(by=fanny, introduction=made, reason=RefusalReason.NOT_NOW, words="")
    Notice.objects.update(due_at=timezone.now())
    assert cast.mails_to(oscar.email) == []
