"""Two organisations that are one: made one with a redirect, and parted again as they were."""

import json
import re

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from fairealliance.accounts import personal
from fairealliance.accounts.actors import SYSTEM
from fairealliance.journal.models import Change, Entry
from fairealliance.lib.lives import NotAllowed
from fairealliance.matching.models import Refusal
from fairealliance.organisations import actions, doubles, merging
from fairealliance.organisations.enums import ClaimStatus, Role, Way
from fairealliance.organisations.members import actions as members
from fairealliance.organisations.models import Claim, Invitation, Member, Merger, Organisation, Profile
from fairealliance.organisations.profiles import actions as profiles
from fairealliance.organisations.rows import OrganisationRow
from fairealliance.provenance.kept import corrected, remember
from tests.factories import (
    EstablishmentFactory,
    OrganisationFactory,
    PracticePartnerFactory,
    ResourceFactory,
    SourceFactory,
    TerritoryFactory,
)
from tests.organisations.cast import entered, join, person, read

pytestmark = pytest.mark.django_db
HERE = "/gestion/organisations/"


@pytest.fixture
def town():
    return TerritoryFactory(code="42218", name="Saint-Étienne")


@pytest.fixture
def twin(town) -> Organisation:
    """The same as the Halle, known by another source, with all that can point to an organisation."""
    made: Organisation = OrganisationFactory(
        name="Halle du Forez (asso)", rna="W423000001", phone="04 77 00 00 00", seat=town, source=SourceFactory(),
        source_key="h-2", goals=[4],
    )  # fmt: skip
    EstablishmentFactory(organisation=made, siret="35600000000048")
    PracticePartnerFactory(organisation=made)
    ResourceFactory(producer=made)
    made.territories.add(town)
    return made


def snapshot() -> str:
    """Every row that tells of organisations, but for when it was written."""
    told: dict[str, list[dict[str, object]]] = {}
    for link in merging._links():
        told[link.model._meta.label] = list(link.model._base_manager.order_by("pk").values())
    told["organisations"] = list(Organisation.objects.order_by("pk").values())
    for rows in told.values():
        for row in rows:
            row.pop("updated_at", None)
    return json.dumps(
        {name: rows for name, rows in sorted(told.items()) if name != "organisations.Merger"}, default=str
    )


def test_all_that_pointed_to_it_points_to_the_one_kept(halle, twin, editor) -> None:
    merging.merge(by=editor, kept=halle, gone=twin)
    halle.refresh_from_db()
    assert not Organisation.objects.filter(pk=twin.pk).exists()
    assert (halle.name, halle.rna, halle.phone, halle.goals) == (
        "La Halle du Forez",
        "W423000001",
        "04 77 00 00 00",
        [4],
    )
    assert halle.establishments.count() == halle.partnerships.count() == halle.resources.count() == 1
    assert halle.territories.count() == 1
    assert set(Change.objects.values_list("key", flat=True)) == {str(halle.pk), str(twin.pk)}


def test_parted_again_they_are_as_they_were(halle, twin, ada, mia, editor) -> None:
    both = person("both@exemple.fr")
    join(halle, both)
    join(twin, both, Role.ADMINISTRATOR)
    join(twin, person("only@exemple.fr"))
    halle.territories.add(*twin.territories.all())
    profiles.tell(by=SYSTEM, organisation=halle, version=0, said={"seeks": ["data"]})
    profiles.tell(by=SYSTEM, organisation=twin, version=0, said={"seeks": ["premises"]})
    before = snapshot()
    merger = merging.merge(by=editor, kept=halle, gone=twin)
    assert Member.objects.get(user=both).is_administrator
    assert Profile.objects.get().seeks == ["data"]
    assert snapshot() != before
    merging.unmerge(by=editor, merger=merger)
    roles = sorted(Member.objects.filter(user=both).values_list("organisation", "role"))
    assert roles == sorted([(halle.pk, Role.MEMBER), (twin.pk, Role.ADMINISTRATOR)])
    # The membership that both had is a new row; all else is the very same.
    Member.objects.filter(user=both).delete()
    after, expected = json.loads(snapshot()), json.loads(before)
    expected["organisations.Member"] = [row for row in expected["organisations.Member"] if row["user_id"] != both.pk]
    assert after == expected


def test_what_was_told_since_stays_where_it_was_told(halle, twin, editor) -> None:
    merger = merging.merge(by=editor, kept=halle, gone=twin)
    Organisation.objects.filter(pk=halle.pk).update(phone="01")
    EstablishmentFactory(organisation=halle, siret="35600000000055")
    merging.unmerge(by=editor, merger=merger)
    halle.refresh_from_db()
    assert (halle.phone, halle.rna) == ("01", None)
    assert halle.establishments.get().siret == "35600000000055"
    with pytest.raises(NotAllowed, match="déjà séparées"):
        merging.unmerge(by=editor, merger=merger)


def test_two_numbers_are_two_organisations(halle, twin, editor) -> None:
    Organisation.objects.filter(pk=halle.pk).update(rna="W423000002")
    with pytest.raises(NotAllowed, match="deux RNA différents"):
        merging.merge(by=editor, kept=halle, gone=twin)
    with pytest.raises(NotAllowed, match="une seule et même"):
        merging.merge(by=editor, kept=halle, gone=halle)
    assert Organisation.objects.count() == 2


def test_only_the_secretariat(halle, twin, ada, editor) -> None:
    with pytest.raises(PermissionDenied):
        merging.merge(by=ada, kept=halle, gone=twin)
    merger = merging.merge(by=editor, kept=halle, gone=twin)
    with pytest.raises(PermissionDenied):
        merging.unmerge(by=ada, merger=merger)


def test_the_address_leads_to_the_one_kept_until_parted(client: Client, halle, twin, editor) -> None:
    old = twin.get_absolute_url()
    merger = merging.merge(by=editor, kept=halle, gone=twin)
    led = client.get(old)
    assert (led.status_code, led["Location"]) == (302, halle.get_absolute_url())
    merging.unmerge(by=editor, merger=merger)
    assert client.get(old).status_code == 200


def test_merged_twice_it_leads_to_the_last(client: Client, halle, twin, editor) -> None:
    third = OrganisationFactory(name="La vraie Halle")
    first = merging.merge(by=editor, kept=halle, gone=twin)
    second = merging.merge(by=editor, kept=third, gone=halle)
    assert client.get(twin.get_absolute_url())["Location"] == third.get_absolute_url()
    merging.unmerge(by=editor, merger=second)
    merging.unmerge(by=editor, merger=Merger.objects.get(pk=first.pk))
    assert Organisation.objects.count() == 3


def test_imports_go_on_about_the_one_kept(halle, twin, editor) -> None:
    merging.merge(by=editor, kept=halle, gone=twin)
    found, verb = actions.save(
        by=SYSTEM, source=twin.source, key="h-2", name="Halle du Forez (asso)", email="a@halle.fr"
    )
    assert (found.pk, found.name, found.email, verb) == (halle.pk, halle.name, "a@halle.fr", "updated")
    assert Organisation.objects.count() == 1


def test_one_that_refused_the_other_refuses_itself_no_more(halle, twin, editor) -> None:
    Refusal.objects.create(organisation=twin, other=halle, reason="x")
    merging.merge(by=editor, kept=halle, gone=twin)
    assert not Refusal.objects.exists()


def test_nothing_kept_of_a_merger_names_anybody(halle, twin, ada, editor) -> None:
    mia = person("mia@exemple.fr", name="Mia Membre")
    for each in (halle, twin):
        join(each, mia)
        Invitation.objects.create(organisation=each, email="mia@exemple.fr", expires_at="2030-01-01T00:00Z")
    merger = merging.merge(by=editor, kept=halle, gone=twin)
    told = json.dumps([merger.gone, merger.moved, merger.dropped, merger.both])
    assert "mia@" not in told
    personal.erase(mia)
    merging.unmerge(by=editor, merger=merger)
    assert not Member.objects.filter(organisation=twin).exists()


def test_parted_somebody_still_administers_the_one_kept(halle, twin, ada, editor) -> None:
    both = person("both@exemple.fr")
    join(halle, both)
    join(twin, both, Role.ADMINISTRATOR)
    merger = merging.merge(by=editor, kept=halle, gone=twin)
    members.leave(by=ada, organisation=halle)
    merging.unmerge(by=editor, merger=merger)
    assert [each.user for each in halle.members.administrators()] == [both]
    assert [each.user for each in twin.members.administrators()] == [both]


def test_of_two_claims_of_one_person_the_one_to_examine_goes_on(halle, twin, oscar, editor) -> None:
    facts = {"user": oscar, "way": Way.DOMAIN}
    code = Claim.objects.create(organisation=halle, status=ClaimStatus.CODE, code_digest="x", **facts)
    asked = Claim.objects.create(organisation=twin, status=ClaimStatus.WAITING, message="Appelez-moi", **facts)
    merging.merge(by=editor, kept=halle, gone=twin)
    told = {each.pk: (each.organisation, each.status) for each in Claim.objects.all()}
    assert told == {code.pk: (halle, ClaimStatus.WITHDRAWN), asked.pk: (halle, ClaimStatus.WAITING)}
    assert Entry.objects.filter(verb="claim-withdrawn", subject=code.ref).count() == 1


def test_what_was_asked_of_both_is_kept_and_comes_back(halle, twin, oscar, editor) -> None:
    facts = {"user": oscar, "way": Way.MODERATION, "status": ClaimStatus.WAITING}
    ours, theirs = (Claim.objects.create(organisation=each, **facts) for each in (halle, twin))
    mails = {"email": "x@exemple.fr", "expires_at": "2030-01-01T00:00Z"}
    kept, double = (Invitation.objects.create(organisation=each, **mails) for each in (halle, twin))
    alone = Invitation.objects.create(organisation=twin, **{**mails, "email": "y@exemple.fr"})
    merger = merging.merge(by=editor, kept=halle, gone=twin)
    assert list(halle.claims.values_list("pk", "status")) == [
        (ours.pk, ClaimStatus.WAITING), (theirs.pk, ClaimStatus.WITHDRAWN),
    ]  # fmt: skip
    assert set(halle.invitations.waiting()) == {kept, alone}
    assert halle.invitations.count() == 3
    merging.unmerge(by=editor, merger=merger)
    assert (twin.claims.get(), set(twin.invitations.all())) == (theirs, {double, alone})


def test_what_its_people_wrote_no_import_writes_over_once_merged(halle, twin, editor) -> None:
    Organisation.objects.filter(pk=halle.pk).update(source=SourceFactory(), source_key="h-1")
    halle.refresh_from_db()
    profiles.tell(by=SYSTEM, organisation=twin, version=0, said={"email": "a@halle.fr"})
    merger = merging.merge(by=editor, kept=halle, gone=twin)
    said = {"name": halle.name, "email": "import@halle.fr", "phone": "04 00 00 00 00", "fingerprint": "1"}
    actions.save(by=SYSTEM, source=halle.source, key="h-1", **said)
    halle.refresh_from_db()
    assert (halle.email, halle.phone) == ("a@halle.fr", "04 00 00 00 00")
    merging.unmerge(by=editor, merger=merger)
    actions.save(by=SYSTEM, source=halle.source, key="h-1", **{**said, "fingerprint": "2"})
    halle.refresh_from_db()
    twin.refresh_from_db()
    assert (halle.email, twin.email) == ("import@halle.fr", "a@halle.fr")
    assert "email" in corrected(Organisation, [twin.pk])[twin.pk]


def test_a_mark_of_its_own_stays_when_parted(halle, twin, editor) -> None:
    for each in (halle, twin):
        remember(each, "phone")
    merger = merging.merge(by=editor, kept=halle, gone=twin)
    merging.unmerge(by=editor, merger=merger)
    assert "phone" in corrected(Organisation, [halle.pk])[halle.pk]


def test_once_an_import_took_its_key_they_stay_one(desk: Client, halle, twin, editor) -> None:
    Organisation.objects.filter(pk=halle.pk).update(source=SourceFactory(), source_key="h-1")
    halle.refresh_from_db()
    merger = merging.merge(by=editor, kept=halle, gone=twin)
    row = OrganisationRow(key="h-2", fingerprint="", name="Halle du Forez (asso)", phone="04 00 00 00 00")
    actions.save_batch(by=SYSTEM, source=twin.source, rows=[row], overrules=[halle.source_id])
    before = snapshot()
    with pytest.raises(NotAllowed, match="ne peuvent plus être séparées"):
        merging.unmerge(by=editor, merger=merger)
    assert "ne peuvent plus" in read(desk.post(f"{HERE}reunies/{merger.pk}/separer/", follow=True))
    assert Merger.objects.filter(pk=merger.pk).exists()
    assert snapshot() == before


def test_the_same_name_in_the_same_commune_is_found(town) -> None:
    one, other = (OrganisationFactory(name="Halle", slug="halle", seat=town) for _ in range(2))
    OrganisationFactory(name="Halle", slug="halle", seat=TerritoryFactory())
    for siren in ("732829320", "356000000"):
        OrganisationFactory(name="Deux", slug="deux", seat=town, siren=siren)
    assert doubles.same_name_and_seat() == [[one, other]]


def test_the_desk_compares_merges_and_parts(desk: Client, halle, twin, ada) -> None:
    assert desk.get(f"{HERE}doubles/", {"une": halle.pk, "autre": f"organisation:{twin.pk}"}).status_code == 302
    asking = read(desk.get(f"{HERE}doubles/"))
    assert re.search(r'<input type="text" name="une"[^>]* id="une"', asking)
    assert "n’est celui d’aucune" in read(desk.get(f"{HERE}doubles/", {"une": "x", "autre": "9" * 30}))
    page = f"{HERE}doubles/{halle.pk}/{twin.pk}/"
    assert "W423000001" in read(desk.get(page))
    assert desk.post(page, {"kept": "999"}).status_code == 422
    sure = read(desk.get(page, {"kept": str(halle.pk)}))
    assert "Oui, les réunir" in sure
    assert "On peut les séparer de nouveau" in sure
    assert "W423000001" in sure, "side by side"
    assert "Oui, les réunir" not in read(desk.get(page))
    assert Organisation.objects.count() == 2, "reading does nothing"
    desk.post(page, {"kept": str(halle.pk)})
    assert Organisation.objects.get() == halle
    merger = Merger.objects.get()
    assert "Halle du Forez (asso)" in read(desk.get(f"{HERE}doubles/"))
    assert entered(ada).post(f"{HERE}reunies/{merger.pk}/separer/").status_code == 403
    sure = read(desk.get(f"{HERE}reunies/{merger.pk}/separer/"))
    assert "Oui, les séparer" in sure
    assert "W423000001" in sure
    assert "telle qu’elle était" in sure
    assert Organisation.objects.count() == 1, "reading does nothing"
    desk.post(f"{HERE}reunies/{merger.pk}/separer/")
    assert Organisation.objects.count() == 2
