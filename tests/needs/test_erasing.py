"""A person erased: what leads to them goes out of what their organisation published, and out of its page."""

import pytest
from django.utils import timezone

from fairealliance.accounts import personal
from fairealliance.accounts.models import User
from fairealliance.journal.models import Change, Entry
from fairealliance.needs.models import Need
from fairealliance.organisations import merging
from fairealliance.organisations.models import Organisation, Profile
from fairealliance.provenance.models import CorrectedField
from tests.needs.cast import draft, published, words
from tests.organisations import cast

pytestmark = pytest.mark.django_db
SAID = "Écrivez à mia@exemple.fr (Mia Membre) ou au 06 12 34 56 78."
LESS = "Écrivez à [retiré] ([retiré]) ou au [retiré]."


def test_their_name_address_and_number_leave_a_public_need(halle, mia, nina, town) -> None:
    need = published(mia, halle, title="Voyez Mia Membre", description=SAID, conditions=SAID)
    other = published(nina, Organisation.objects.get(members__user=nina), description=SAID)
    before = Change.objects.latest("id").pk
    personal.erase(mia)
    need.refresh_from_db()
    assert (need.title, need.description, need.conditions) == ("Voyez [retiré]", LESS, LESS)
    assert (need.content["title"], need.content["description"]) == ("Voyez [retiré]", LESS)
    assert need.slug == "voyez-retire"
    assert need.status == "published"
    told = set(Change.objects.filter(id__gt=before).values_list("kind", "key"))
    assert {("need", str(need.pk)), ("organisation", str(halle.pk)), ("forgotten", "0")} <= told
    assert Entry.objects.filter(verb="need-unnamed", subject=need.ref, author__user_id=None).count() == 1
    other.refresh_from_db()
    assert other.description == SAID, "of others, who never acted with her"


def test_a_teammates_words_lose_what_she_gave_and_keep_the_rest(halle, mia, town) -> None:
    tom = cast.person("tom@exemple.fr", name="Tom Équipier")
    cast.join(halle, tom)
    Organisation.objects.filter(pk=halle.pk).update(phone="04 77 00 00 00")
    draft(mia, halle, description="Mon numéro : 06 12 34 56 78, celui de la Halle : 04 77 00 00 00.")
    need = published(tom, halle, description="Mia : 06-12-34-56-78 ; la Halle : 04.77.00.00.00 ; moi : 06 98 76 54 32.")
    personal.erase(mia)
    need.refresh_from_db()
    assert need.description == "Mia : [retiré] ; la Halle : 04.77.00.00.00 ; moi : 06 98 76 54 32."
    assert Need.objects.get() == need, "her draft went"


def test_an_account_in_the_name_of_the_organisation_takes_that_name_out_of_nothing(halle, mia, town) -> None:
    said = "La Halle du Forez prête sa salle : mia@exemple.fr."
    need = published(mia, halle, title="La Halle du Forez prête", description=said)
    User.objects.filter(pk=mia.pk).update(name="la halle  du Forez")
    personal.erase(User.objects.get(pk=mia.pk))
    need.refresh_from_db()
    assert need.title == need.content["title"] == "La Halle du Forez prête"
    assert need.description == "La Halle du Forez prête sa salle : [retiré]."


def test_the_page_of_an_organisation_no_longer_leads_to_her(halle, mia, town) -> None:
    facts = {"email": "MIA@exemple.fr", "phone": "06 12 34 56 78", "description": f"Depuis 1990. {SAID}"}
    Organisation.objects.filter(pk=halle.pk).update(**facts)
    elsewhere = cast.organisation(name="Ailleurs", email="mia@exemple.fr", phone="04 77 00 00 00")
    said = {"seeks_words": SAID, "skills": ["Couture, mia@exemple.fr"]}
    Profile.objects.create(organisation=halle, told_at=timezone.now(), **said)
    cast.join(elsewhere, mia)
    published(mia, elsewhere, description="Mon portable : 06 12 34 56 78.")
    personal.erase(mia)
    halle.refresh_from_db()
    elsewhere.refresh_from_db()
    assert (halle.email, halle.phone) == ("", "")
    assert halle.description == "Depuis 1990. Écrivez à [retiré] (Mia Membre) ou au [retiré]."
    assert (elsewhere.email, elsewhere.phone) == ("", "04 77 00 00 00")
    profile = Profile.objects.get()
    assert (profile.seeks_words, profile.skills) == (
        "Écrivez à [retiré] (Mia Membre) ou au [retiré].",
        ["Couture, [retiré]"],
    )
    kept = set(CorrectedField.objects.filter(row_id=halle.pk).values_list("field", flat=True))
    assert kept == {"email", "phone", "description"}, "no import brings them back"


def test_what_a_merged_organisation_told_of_them_goes_too(halle, mia, town, editor) -> None:
    """Parted again, it does not bring their address back."""
    gone = cast.organisation(name="L’ancienne Halle", email="mia@exemple.fr", description=SAID)
    merger = merging.merge(by=editor, kept=halle, gone=gone)
    personal.erase(mia)
    back = merging.unmerge(by=editor, merger=merger)
    assert back.email == Organisation.objects.get(pk=halle.pk).email == ""
    assert "mia@" not in back.description


def test_nothing_is_written_where_nothing_leads_to_them(halle, mia, town) -> None:
    need = published(mia, halle, **words())
    Organisation.objects.filter(pk=halle.pk).update(email="bonjour@halle-forez.fr")
    personal.erase(mia)
    assert not Entry.objects.filter(verb__endswith="-unnamed").exists()
    assert Need.objects.get(pk=need.pk).description == need.description
