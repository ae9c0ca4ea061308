"""Coming to act for an organisation: by its mail domain, or by the secretariat."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from fairealliance.accounts import personal
from fairealliance.accounts.models import User
from fairealliance.journal.models import Change, Entry
from fairealliance.journal.verifying import verify
from fairealliance.lib.lives import NotAllowed
from fairealliance.mailing.kinds import no_longer_theirs
from fairealliance.mailing.models import Notice
from fairealliance.organisations import doubles
from fairealliance.organisations.domains import domains_of, proves, shared_domains
from fairealliance.organisations.enums import ClaimStatus, Role, Way
from fairealliance.organisations.members import claims, mails
from fairealliance.organisations.models import Claim, Member, Organisation
from tests.factories import OrganisationFactory, TerritoryFactory
from tests.organisations import cast

pytestmark = pytest.mark.django_db
AT_WORK = "paula@halle-forez.fr"


@pytest.fixture
def paula(db: None) -> User:
    """Her address is at the domain of the Halle."""
    return cast.person(AT_WORK, name="Paula Pro")


@pytest.mark.parametrize(
    ("website", "mail", "expected"),
    [
        ("https://www.halle-forez.fr/", "", ("halle-forez.fr",)),
        ("https://www.saint-etienne.fr/associations/atelier-velo", "", ()),
        ("https://www.saint-etienne.fr/?asso=12", "", ()),
        ("halle-forez.fr", "bonjour@halle.asso.fr", ("halle-forez.fr", "halle.asso.fr")),
        ("https://asso.fr", "halle@disroot.org", ()),
        ("https://halle.hubside.fr", "halle@net1901.org", ()),
        ("https://Hâlle.fr", "", ("xn--hlle-boa.fr",)),
        ("https://www.facebook.com/halle", "halle@gmail.com", ()),
        ("https://halle.wordpress.com", "halle@mairie.free.fr", ()),
        ("", "halle@orange.fr", ()),
        ("https://[", "", ()),
        ("https://localhost", "", ()),
        ("https://10.0.0.1/", "", ("10.0.0.1",)),
    ],
)
def test_domains_that_are_its_own(website: str, mail: str, expected: tuple[str, ...]) -> None:
    assert domains_of(Organisation(website=website, email=mail)) == expected


@pytest.mark.parametrize(
    ("email", "proof"),
    [
        ("x@halle-forez.fr", True),
        ("X@Halle-Forez.FR", True),
        ("x@gmail.com", False),
        ("x@sub.halle-forez.fr", False),
        ("x@evil-halle-forez.fr", False),
        ("halle-forez.fr@evil.fr", False),
        ("x@halle-forez.fr@evil.fr", False),
        ("", False),
    ],
)
def test_only_the_very_domain_proves(email: str, proof: bool) -> None:
    assert proves(email, cast_organisation()) is proof


def cast_organisation() -> Organisation:
    return Organisation(website="https://www.halle-forez.fr/")


def test_shared_domains_are_written_plainly() -> None:
    assert {"gmail.com", "orange.fr", "laposte.net", "facebook.com", "yopmail.com"} <= shared_domains()
    assert all(domain == domain.strip().lower() and "." in domain for domain in shared_domains())


def test_first_by_domain_administers_the_next_is_a_member(halle, paula) -> None:
    claim = claims.send_code(by=paula, organisation=halle)
    code = cast.code_in(cast.mails_to(AT_WORK)[-1])
    member = claims.confirm(by=paula, claim=claim, code=f" {code[:3]} {code[3:]} ")
    assert (member.role, member.way) == (Role.ADMINISTRATOR, Way.DOMAIN)
    quentin = cast.person("quentin@halle-forez.fr", name="Quentin")
    second = claims.send_code(by=quentin, organisation=halle)
    told = cast.code_in(cast.mails_to("quentin@halle-forez.fr")[-1])
    assert claims.confirm(by=quentin, claim=second, code=told).role == Role.MEMBER
    assert "Quentin agit désormais" in str(cast.mails_to(AT_WORK)[-1].body)
    assert verify().is_right


def test_the_code_is_kept_nowhere(halle, paula) -> None:
    claim = claims.send_code(by=paula, organisation=halle)
    code = cast.code_in(mail.outbox[-1])
    told = [str(Claim.objects.values().get(pk=claim.pk)), *(each.detail_text for each in Entry.objects.all())]
    assert not any(code in each.replace("-", " ").split() for each in told)


def test_a_code_serves_once(halle, paula) -> None:
    claim = claims.send_code(by=paula, organisation=halle)
    code = cast.code_in(mail.outbox[-1])
    claims.confirm(by=paula, claim=claim, code=code)
    Member.objects.all().delete()
    with pytest.raises(NotAllowed, match="déjà servi"):
        claims.confirm(by=paula, claim=claim, code=code)
    assert not Member.objects.exists()


def test_a_code_ages(halle, paula) -> None:
    claim = claims.send_code(by=paula, organisation=halle)
    Claim.objects.update(code_expires_at=timezone.now() - timedelta(seconds=1))
    with pytest.raises(NotAllowed, match="plus valable"):
        claims.confirm(by=paula, claim=claim, code=cast.code_in(mail.outbox[-1]))


def test_five_tries_then_even_the_right_code_fails(halle, paula) -> None:
    claim = claims.send_code(by=paula, organisation=halle)
    code = cast.code_in(mail.outbox[-1])
    wrong = f"{(int(code) + 1) % 10**6:06d}"
    for _ in range(claims.MOST_TRIES):
        with pytest.raises(NotAllowed, match="ne va pas"):
            claims.confirm(by=paula, claim=claim, code=wrong)
    with pytest.raises(NotAllowed, match="Trop d’essais"):
        claims.confirm(by=paula, claim=claim, code=code)
    assert not Member.objects.exists()


def test_a_new_code_replaces_the_old(halle, paula) -> None:
    first = claims.send_code(by=paula, organisation=halle)
    old = cast.code_in(mail.outbox[-1])
    second = claims.send_code(by=paula, organisation=halle)
    new = cast.code_in(mail.outbox[-1])
    assert first.pk == second.pk
    if old != new:
        with pytest.raises(NotAllowed):
            claims.confirm(by=paula, claim=second, code=old)
    assert claims.confirm(by=paula, claim=second, code=new)


def test_codes_are_counted(halle, paula) -> None:
    for _ in range(6):
        claims.send_code(by=paula, organisation=halle)
    with pytest.raises(NotAllowed, match="attendez demain"):
        claims.send_code(by=paula, organisation=halle)


def test_no_code_without_the_domain_nor_for_an_address_not_confirmed(halle, oscar) -> None:
    oscar.emailaddress_set.create(email="oscar@halle-forez.fr", verified=False)
    with pytest.raises(NotAllowed, match="nom de domaine"):
        claims.send_code(by=oscar, organisation=halle)
    assert mail.outbox == []


def test_the_domain_must_still_be_its_own_when_the_code_comes(halle, paula) -> None:
    claim = claims.send_code(by=paula, organisation=halle)
    Organisation.objects.update(website="https://autre.fr")
    with pytest.raises(NotAllowed, match="plus au nom de domaine"):
        claims.confirm(by=paula, claim=claim, code=cast.code_in(mail.outbox[-1]))


@pytest.mark.parametrize(
    "other",
    [{"website": "http://Halle-Forez.fr"}, {"website": "", "email": "gite@halle-forez.fr"}],
)
def test_a_domain_that_another_bears_proves_neither(halle, paula, other: dict[str, str]) -> None:
    OrganisationFactory(**other)
    assert claims.proving_address(paula, halle) == ""
    with pytest.raises(NotAllowed, match="nom de domaine"):
        claims.send_code(by=paula, organisation=halle)


def test_a_domain_in_letters_with_accents_is_that_of_another_too() -> None:
    ours = cast.organisation(website="https://xn--hlle-boa.fr")
    hilda = cast.person("hilda@xn--hlle-boa.fr")
    assert claims.proving_address(hilda, ours)
    OrganisationFactory(website="https://hâlle.fr/")
    assert not claims.proving_address(hilda, ours)


def test_pages_on_a_site_take_nothing_from_whose_it_is(halle, paula) -> None:
    OrganisationFactory(website="https://www.halle-forez.fr/associations/velo")
    OrganisationFactory(website="https://not-halle-forez.fr/", email="x@sub.halle-forez.fr")
    assert claims.proving_address(paula, halle) == AT_WORK


def test_the_public_mail_alone_makes_nobody_administrator(halle, paula) -> None:
    Organisation.objects.update(website="", email="bonjour@halle-forez.fr")
    halle.refresh_from_db()
    with pytest.raises(NotAllowed, match="nom de domaine"):
        claims.send_code(by=paula, organisation=halle)
    cast.join(halle, cast.person("ada@exemple.fr"), Role.ADMINISTRATOR)
    claim = claims.send_code(by=paula, organisation=halle)
    told = cast.code_in(cast.mails_to(AT_WORK)[-1])
    Member.objects.all().delete()
    with pytest.raises(NotAllowed, match="nom de domaine"):
        claims.confirm(by=paula, claim=claim, code=told)
    cast.join(halle, cast.person("bea@exemple.fr"), Role.ADMINISTRATOR)
    assert claims.confirm(by=paula, claim=claim, code=told).role == Role.MEMBER


def test_a_closed_organisation_takes_nobody(halle, paula) -> None:
    Organisation.objects.update(closed_on="2020-01-01")
    with pytest.raises(NotAllowed, match="fermée"):
        claims.send_code(by=paula, organisation=halle)
    with pytest.raises(NotAllowed, match="fermée"):
        claims.ask(by=paula, organisation=halle, position="x", message="")


def test_asking_twice_is_one_claim_and_a_code_keeps_it_waiting(halle, paula) -> None:
    first = claims.ask(by=paula, organisation=halle, position="directrice", message="Appelez-moi")
    claims.ask(by=paula, organisation=halle, position="présidente", message="")
    claims.send_code(by=paula, organisation=halle)
    held = Claim.objects.get()
    assert (held.pk, held.status, held.position) == (first.pk, ClaimStatus.WAITING, "présidente")
    claims.confirm(by=paula, claim=held, code=cast.code_in(mail.outbox[-1]))
    assert Claim.objects.get().way == Way.DOMAIN


def test_the_secretariat_accepts_and_the_claimant_is_told(halle, oscar, editor) -> None:
    claim = claims.ask(by=oscar, organisation=halle, position="président", message="")
    member = claims.accept(by=editor, claim=claim, role=Role.ADMINISTRATOR)
    assert (member.user, member.role) == (oscar, Role.ADMINISTRATOR)
    told = str(cast.mails_to("oscar@exemple.fr")[-1].body)
    assert "est acceptée" in told
    assert f"/mon-espace/organisations/{halle.pk}/fiche/" in told, "what an administrator begins with"
    with pytest.raises(NotAllowed, match="déjà traitée"):
        claims.refuse(by=editor, claim=claim, reason="trop tard")


def test_accepted_as_a_member_one_is_led_to_ones_space(halle, oscar, editor) -> None:
    claim = claims.ask(by=oscar, organisation=halle, position="bénévole", message="")
    claims.accept(by=editor, claim=claim, role=Role.MEMBER)
    told = str(cast.mails_to("oscar@exemple.fr")[-1].body)
    assert "/mon-espace/\n" in told
    assert "/fiche/" not in told, "only who administers may fill it in"


def test_the_secretariat_refuses_with_a_reason_and_one_may_ask_again(halle, oscar, editor) -> None:
    claim = claims.ask(by=oscar, organisation=halle, position="ami", message="")
    claims.refuse(by=editor, claim=claim, reason="Rien ne le montre.")
    assert "Rien ne le montre." in str(cast.mails_to("oscar@exemple.fr")[-1].body)
    assert not Member.objects.exists()
    assert claims.ask(by=oscar, organisation=halle, position="président", message="").pk != claim.pk


def test_nobody_else_decides(halle, oscar, mia, ada) -> None:
    claim = claims.ask(by=oscar, organisation=halle, position="x", message="")
    for user in (oscar, mia, ada):
        with pytest.raises(PermissionDenied):
            claims.accept(by=user, claim=claim, role=Role.ADMINISTRATOR)
        with pytest.raises(PermissionDenied):
            claims.refuse(by=user, claim=claim, reason="x")
    with pytest.raises(NotAllowed, match="pas la vôtre"):
        claims.withdraw(by=ada, claim=claim)
    claims.withdraw(by=oscar, claim=claim)
    assert Claim.objects.get().status == ClaimStatus.WITHDRAWN


def test_a_claim_that_waits_for_its_code_is_not_the_secretariats(halle, paula, editor) -> None:
    claim = claims.send_code(by=paula, organisation=halle)
    with pytest.raises(NotAllowed, match="attend un code"):
        claims.accept(by=editor, claim=claim, role=Role.MEMBER)


@pytest.fixture
def told(db: None) -> dict[str, object]:
    town = TerritoryFactory(code="42218", name="Saint-Étienne")
    return {"name": "Les Ateliers du Furan", "sphere": "association", "siren": "732829320", "seat_id": town.pk}


def test_a_new_one_is_nowhere_until_it_is_accepted(oscar, editor, told) -> None:
    claim = claims.propose(by=oscar, proposed=told, position="présidente", message="")  # type: ignore[arg-type]
    assert not Organisation.objects.exists()
    assert not Change.objects.filter(kind="organisation").exists()
    claims.accept(by=editor, claim=claim, role=Role.ADMINISTRATOR)
    made = Organisation.objects.get()
    assert (made.name, made.siren, made.seat_id) == ("Les Ateliers du Furan", "732829320", told["seat_id"])
    assert Member.objects.get().organisation == made
    assert Change.objects.filter(kind="organisation", key=str(made.pk)).exists()


def test_a_new_one_refused_is_never_made(oscar, editor, told) -> None:
    claim = claims.propose(by=oscar, proposed=told, position="x", message="")  # type: ignore[arg-type]
    claims.refuse(by=editor, claim=claim, reason="Elle n’existe pas.")
    assert not Organisation.objects.exists()
    assert "Les Ateliers du Furan" in str(cast.mails_to(oscar.email)[-1].body)


def test_two_tell_of_the_same_and_there_is_one(oscar, editor, told) -> None:
    other = cast.person("olga@exemple.fr")
    first = claims.propose(by=oscar, proposed=told, position="x", message="")  # type: ignore[arg-type]
    second = claims.propose(by=other, proposed={**told, "name": "Ateliers"}, position="x", message="")  # type: ignore[typeddict-unknown-key]
    claims.accept(by=editor, claim=first, role=Role.ADMINISTRATOR)
    claims.accept(by=editor, claim=second, role=Role.MEMBER)
    assert Organisation.objects.get().name == "Les Ateliers du Furan"
    assert Member.objects.count() == 2


def test_erasing_takes_claims_and_export_tells_them(halle, mia, oscar, told) -> None:
    claims.propose(by=mia, proposed=told, position="présidente", message="Voyez mia@exemple.fr")  # type: ignore[arg-type]
    held = personal.export(mia)["organisations"]
    assert held["members"][0]["organisation__name"] == "La Halle du Forez"
    assert held["claims"][0]["position"] == "présidente"
    assert "organisations" not in personal.export(oscar)
    personal.erase(mia)
    assert not Member.objects.exists()
    assert not Claim.objects.exists()


@pytest.mark.parametrize("name", ["Paula Première", "", "P.Première"])
def test_who_was_told_that_they_came_reads_their_name_no_more_once_they_are_erased(halle, ada, paula, name) -> None:
    User.objects.filter(pk=paula.pk).update(name=name)
    paula.refresh_from_db()
    mails.joined(halle, cast.join(halle, paula))
    notice = Notice.objects.get(user=ada)
    assert notice.subject.replace("\u2060", "").startswith(name or paula.email), "control: they are named"
    personal.erase(paula)
    notice.refresh_from_db()
    whole = name != "P.Première"  # one word tells nobody
    assert notice.subject.startswith("[retiré] agit désormais") is whole
    assert notice.text.startswith("[retiré] agit désormais") is whole


def test_who_came_is_told_to_those_who_still_administer(halle, ada, paula) -> None:
    came, ours = cast.join(halle, paula), halle.members.get(user=ada)
    mails.joined(halle, came)
    mails.named(halle, ours, 1)
    events = set(Notice.objects.filter(user=ada).values_list("event", flat=True))
    assert no_longer_theirs(ada, mails.KIND.slug, events) == set(), "control: they administer it"
    ours.role = Role.MEMBER
    ours.save()
    assert no_longer_theirs(ada, mails.KIND.slug, events) == {f"member:{came.pk}{mails.JOINED}"}


def test_no_name_is_a_link_in_what_is_told(halle, ada, paula) -> None:
    Organisation.objects.filter(pk=halle.pk).update(name="Voyez evil.com")
    halle.refresh_from_db()
    mails.removed(halle, cast.join(halle, paula))
    mails.named(halle, halle.members.get(user=ada), 1)
    sent = [*cast.mails_to(paula.email), *cast.mails_to(ada.email)]
    assert len(sent) == 2
    assert not any("evil.com" in f"{each.subject} {each.body} {each.alternatives}" for each in sent)


def test_likeness_leaves_small_words_aside() -> None:
    assert doubles.likeness("Association La Halle du Forez", "Halle Forez (asso)") > 90
    assert doubles.likeness("Mairie de Feurs", "Commune de Feurs") == 100
    assert doubles.likeness("La Halle du Forez", "Les Ateliers du Furan") < 60


def test_near_doubles_lie_in_the_same_commune() -> None:
    here, there = TerritoryFactory(), TerritoryFactory()
    alike = OrganisationFactory(name="Halle du Forez", slug="halle-du-forez", seat=here)
    OrganisationFactory(name="Halle du Forez bis", slug="halle-du-forez-bis", seat=there)
    OrganisationFactory(name="Les Ateliers", slug="les-ateliers", seat=here)
    OrganisationFactory(name="La Halle du Forez", slug="fermee", seat=here, closed_on="2020-01-01")
    assert doubles.near("Association la halle du Forez", here.pk) == [alike]
    assert doubles.near("…", here.pk) == []
