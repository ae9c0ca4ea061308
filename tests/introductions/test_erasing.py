"""A person erased: their name and addresses go out of every exchange that is of them or of their organisations."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fairealliance.accounts import personal
from fairealliance.accounts.actions import rename
from fairealliance.introductions import actions
from fairealliance.introductions.enums import Status
from fairealliance.introductions.models import Attachment, Checkup, Introduction, Message
from fairealliance.mailing.enums import NoticeState
from fairealliance.mailing.models import Notice
from fairealliance.matching.enums import RefusalReason
from fairealliance.organisations.enums import AllianceKind, ClaimStatus, Role, Way
from fairealliance.organisations.members.actions import leave
from fairealliance.organisations.models import Claim, Invitation, Member, Organisation
from tests.introductions.test_thirds import proposed
from tests.introductions.world import ASKED_AT, asked, catalyst, now_of
from tests.organisations import cast

SAID = "Voyez Mia Membre (MIA@exemple.fr), pas Miami."
CLEAN = "Voyez [retiré] ([retiré]), pas Miami."


def _begun(by, asker, other, to) -> Introduction:
    made = asked(by, asker, other, now=ASKED_AT, subject="Mia Membre propose", text=SAID)
    actions.accept(by=to, introduction=made, now=ASKED_AT)
    actions.write(by=to, introduction=made, text=SAID, page_key="r", now=ASKED_AT)
    return actions.begin(by=to, introduction=made, kind=AllianceKind.PATRONAGE, now=ASKED_AT)


def test_where_only_others_wrote_it_is_cleaned_too(halle, fabrique, mia, tom, fanny) -> None:
    """Mia wrote nothing: her teammate asked."""
    made = _begun(tom, halle, fabrique, fanny)
    Checkup.objects.filter(side="asked").update(words=SAID)
    message = made.messages.last()
    facts = {"kind": "document", "extension": "pdf", "size": 1, "digest": "0"}
    Attachment.objects.create(message=message, file_name="CV mia membre.pdf", **facts)
    personal.erase(mia)
    assert set(Message.objects.values_list("text", flat=True)) == {CLEAN}
    assert set(Checkup.objects.exclude(words="").values_list("words", flat=True)) == {CLEAN}
    assert Attachment.objects.get().file_name == "CV [retiré].pdf"
    assert now_of(made).subject == "[retiré] propose"
    assert now_of(made).status == Status.BEGUN


def test_where_they_were_a_third_it_is_cleaned(halle, fabrique, tom, fanny, town) -> None:
    mia = cast.person("mia@exemple.fr", name="Mia Membre")
    catalyst(mia, town)
    one = proposed(mia, halle, fabrique)
    actions.write(by=fanny, introduction=one, text=SAID, page_key="r")
    warned = asked(tom, halle, cast.organisation(name="Autre"), page_key="w", text=SAID)
    warned.warned.add(mia)
    personal.erase(mia)
    assert one.messages.last().text == warned.messages.get().text == CLEAN


def test_an_organisation_that_bears_their_name_leaves_none(fabrique, fanny, town) -> None:
    own = cast.organisation(name="Mia Membre", slug="mia", seat=town)
    mia, tom = cast.person("mia@exemple.fr", name="Mia Membre"), cast.person("tom@exemple.fr")
    cast.join(own, mia)
    cast.join(own, tom)
    made = asked(fanny, fabrique, own)
    personal.erase(mia)
    assert (now_of(made).asked_name, now_of(made).asker_name) == ("[retiré]", "La Fabrique")
    assert now_of(made).name_of("asked") == "Mia Membre", "as the organisation itself is called"


@pytest.mark.parametrize("came", ["invited", "claimed", "left"])
def test_where_they_acted_no_longer_it_is_cleaned_too(halle, fabrique, mia, tom, fanny, came) -> None:
    """Mia was told of nothing: her teammate asked, and she is no member any more."""
    made = asked(tom, halle, fabrique, text=SAID)
    if came == "invited":
        Invitation.objects.create(organisation=halle, email=mia.email, accepted_by=mia, expires_at=ASKED_AT)
    elif came == "claimed":
        Claim.objects.create(organisation=halle, user=mia, way=Way.MODERATION, status=ClaimStatus.ACCEPTED)
    if came == "left":
        Member.objects.filter(user=tom).update(role=Role.ADMINISTRATOR)
        leave(by=mia, organisation=halle)
    else:
        Member.objects.filter(user=mia).delete()
    personal.erase(mia)
    assert made.messages.get().text == CLEAN


def test_where_they_were_only_told_it_is_cleaned_too(halle, fabrique, mia, tom, fanny) -> None:
    """By a notice, or by the journal of what they did."""
    made = asked(tom, halle, fabrique, text="Mia Membre et Fanny Fabrique.")
    actions.accept(by=fanny, introduction=made)
    for who in (mia, fanny):
        Member.objects.filter(user=who).delete()
        personal.erase(who)
    assert made.messages.get().text == "[retiré] et [retiré]."


def test_no_notice_tells_of_them_any_more(halle, fabrique, mia, tom, fanny) -> None:
    made = _begun(tom, halle, fabrique, fanny)
    actions.write(by=mia, introduction=made, text="Mia Membre, mia@exemple.fr, 06 12 34 56 78.", page_key="m")
    actions.write(by=tom, introduction=made, text="Ou moi, 06 98 76 54 32.", page_key="t")
    waiting = Notice.objects.filter(user=fanny, state=NoticeState.WAITING)
    assert waiting.filter(text__contains="06 12").exists(), "control: it would go out"
    personal.erase(mia)
    told = "\n".join(f"{notice.subject} {notice.text} {notice.reply_to}" for notice in Notice.objects.all())
    assert "mia" not in told.lower().replace("miami", "")
    assert "06 12" not in told
    assert waiting.filter(text__endswith="\n\n> [retiré], [retiré], [retiré].").exists()
    assert waiting.filter(text__contains="06 98 76 54 32").exists(), "the number of another"
    texts = list(made.messages.values_list("text", flat=True))
    assert texts[-2:] == ["[retiré], [retiré], [retiré].", "Ou moi, 06 98 76 54 32."]


def test_a_number_they_gave_goes_out_of_the_words_of_others_too(halle, fabrique, mia, tom, fanny) -> None:
    """However it is written; what they never gave stays, for nothing says whose it is."""
    made = asked(tom, halle, fabrique, text="Appelez Mia au +33 (0)6 12 34 56 78, ou moi au 06 98 76 54 32.")
    actions.write(by=fanny, introduction=made, text="06.12.34.56.78 ? Noté.", page_key="f")
    elsewhere = asked(mia, halle, cast.organisation(name="Autre"), page_key="e", text="Mon numéro : 06 12 34 56 78.")
    personal.erase(mia)
    assert list(made.messages.values_list("text", flat=True)) == [
        "Appelez Mia au [retiré], ou moi au 06 98 76 54 32.",
        "[retiré] ? Noté.",
    ]
    assert elsewhere.messages.get().text == "Mon numéro : [retiré]."


def test_a_number_they_gave_when_it_stopped_goes_too(halle, fabrique, mia, fanny) -> None:
    made = asked(mia, halle, fabrique)
    words = "Plus tard : 06 12 34 56 78."
    actions.decline(by=fanny, introduction=made, reason=RefusalReason.NOT_NOW, words=words)
    personal.erase(mia)
    assert now_of(made).words == words, "of another"
    personal.erase(fanny)
    assert now_of(made).words == "Plus tard : [retiré]."


def test_the_public_number_of_an_organisation_stays_on_its_page_whoever_wrote_it(
    halle, fabrique, mia, tom, fanny
) -> None:
    facts = {"phone": "04 77 00 00 00", "description": "Au 04 77 00 00 00."}
    Organisation.objects.filter(pk=halle.pk).update(**facts)
    made = asked(mia, halle, fabrique, text="Notre standard : 04.77.00.00.00, ou moi : 06 12 34 56 78.")
    actions.write(by=fanny, introduction=made, text="04 77 00 00 00, ou 06 12 34 56 78 ?", page_key="f")
    personal.erase(mia)
    halle.refresh_from_db()
    assert {name: getattr(halle, name) for name in facts} == facts
    assert made.messages.last().text == "04 77 00 00 00, ou [retiré] ?"


@pytest.mark.parametrize("name", ["de", "Halle", "de la", "L'", "a b", "x Halle", "  ", "Alle du"])
def test_a_name_they_chose_destroys_no_words_of_others(halle, fabrique, mia, tom, fanny, name) -> None:
    said = "Bonjour de la Halle du Forez, a b : l'atelier x Halle."
    made = asked(fanny, fabrique, halle, text=said)
    rename(by=mia, name=name)
    mia.refresh_from_db()
    personal.erase(mia)
    assert made.messages.get().text == said
    assert now_of(made).asked_name == "La Halle du Forez"


def test_a_full_name_goes_as_a_whole(halle, fabrique, mia, tom, fanny) -> None:
    said = "MIA\nmembre ; Mia, membre ; Mia Membres ; un membre ; Miam Iam Membre."
    made = asked(fanny, fabrique, halle, text=said)
    personal.erase(mia)
    assert made.messages.get().text == said.replace("MIA\nmembre", "[retiré]")


def test_what_is_of_others_is_let_be(halle, fabrique, mia, tom, fanny, oscar) -> None:
    theirs = Organisation.objects.get(members__user=oscar)
    made = asked(oscar, theirs, fabrique, text=SAID)
    personal.erase(mia)
    assert made.messages.get().text == SAID


def test_erasing_costs_the_same_whatever_the_number(halle, fabrique, mia, tom, fanny) -> None:
    counts = []
    for number, person in enumerate((mia, tom)):
        for each in range(1 + 9 * number):
            other = cast.organisation(name=f"Autre {number} {each}")
            cast.join(other, fanny)
            asked(fanny, other, halle, page_key=f"k{number}{each}", text=f"Pour {person.name}.")
        with CaptureQueriesContext(connection) as caught:
            personal.erase(person)
        counts.append(sum('"introductions_' in query["sql"] for query in caught))
    assert not Message.objects.filter(text__contains="Tom Équipier").exists()
    assert counts[0] == counts[1]
