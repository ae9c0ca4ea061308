"""What an organisation says of itself: written by whom, kept over imports, shown, found, matched."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from fairealliance.accounts.actors import SYSTEM
from fairealliance.journal.models import Change, Entry
from fairealliance.lib.lives import NotAllowed
from fairealliance.matching import loader
from fairealliance.organisations import actions as organisations
from fairealliance.organisations.enums import Sphere
from fairealliance.organisations.models import Establishment, Organisation, Profile
from fairealliance.organisations.profiles import actions
from fairealliance.organisations.profiles.actions import Stale
from fairealliance.organisations.profiles.forms import SECTIONS
from fairealliance.provenance.models import CorrectedField
from fairealliance.search.sources import organisations as documents
from fairealliance.territories.editions import forget_undated
from tests.factories import EstablishmentFactory, OrganisationFactory, SourceFactory, TerritoryFactory
from tests.organisations.cast import HERE, entered, read

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 21)


@pytest.fixture
def town():
    found = TerritoryFactory(code="42218", name="Saint-Étienne", slug="saint-etienne", postal_codes=["42000"])
    forget_undated()
    return found


def tell(halle, by, version=0, **said) -> Profile:
    return actions.tell(by=by, organisation=halle, version=version, said=said)


def test_only_those_who_administer_write(halle, ada, mia, oscar, editor) -> None:
    for user in (mia, oscar):
        with pytest.raises(PermissionDenied):
            tell(halle, user, seeks=["premises"])
    tell(halle, ada, seeks=["premises"])
    tell(halle, editor, version=1, brings=["skills"])
    held = Profile.objects.get()
    assert (held.seeks, held.brings, held.version) == (["premises"], ["skills"], 2)
    assert Entry.objects.count() == Change.objects.filter(kind="organisation", key=str(halle.pk)).count() == 2


def test_two_at_once_lose_nothing(halle, ada) -> None:
    tell(halle, ada, seeks=["premises"])
    with pytest.raises(Stale, match="quelqu’un d’autre"):
        tell(halle, ada, version=0, seeks=[])
    assert Profile.objects.get().seeks == ["premises"]


def test_what_its_people_wrote_stays_over_imports(halle, ada, town) -> None:
    source = SourceFactory()
    told = {"key": "h", "name": "Halle", "siren": "732829320"}
    made, _verb = organisations.save(by=SYSTEM, source=source, **told, description="Du registre", phone="1")
    tell(made, editor_of(made, ada), description="De nous", phone="")
    organisations.save(
        by=SYSTEM,
        source=source,
        **told,
        fingerprint="2",
        description="Encore du registre",
        phone="2",
        website="https://n.fr",
    )
    made.refresh_from_db()
    assert (made.description, made.phone, made.website) == ("De nous", "", "https://n.fr")


def editor_of(organisation: Organisation, user):
    organisation.members.create(user=user, role="administrator", way="moderation")
    return user


def test_the_control_where_nothing_is_remembered_the_register_writes_over(ada) -> None:
    source = SourceFactory()
    told = {"key": "h", "name": "Halle", "siren": "732829320"}
    made, _verb = organisations.save(by=SYSTEM, source=source, **told, description="Du registre")
    tell(made, editor_of(made, ada), description="De nous")
    CorrectedField.objects.all().delete()
    organisations.save(by=SYSTEM, source=source, **told, fingerprint="2", description="Encore du registre")
    made.refresh_from_db()
    assert made.description == "Encore du registre"


def test_a_new_seat_takes_its_old_point_away_and_imports_leave_both(ada, town) -> None:
    source, other = SourceFactory(), TerritoryFactory(code="69123", name="Lyon")
    told = {"key": "h", "name": "Halle", "siren": "732829320", "seat_id": other.pk, "territories": (other.pk,)}
    made, _verb = organisations.save(by=SYSTEM, source=source, **told)
    Organisation.objects.update(latitude=45.7, longitude=4.8, precision="exact")
    by = editor_of(made, ada)
    actions.tell_where(by=by, organisation=made, version=0, seat=town, territories={town.pk})
    organisations.save(by=SYSTEM, source=source, **told, fingerprint="2")
    made.refresh_from_db()
    assert (made.seat, made.latitude, made.precision) == (town, None, "unknown")
    assert list(made.territories.all()) == [town]


def test_goals_read_and_saved_keep_their_order(halle, ada) -> None:
    Organisation.objects.update(goals=[8, 4])
    tell(halle, ada, goals=[4, 8], themes=[])
    halle.refresh_from_db()
    assert halle.goals == [8, 4]
    assert not CorrectedField.objects.exists()


def test_places_told_here_are_removed_here_and_the_registers_are_not(halle, ada, town) -> None:
    registered = EstablishmentFactory(organisation=halle)
    site = actions.add_site(
        by=ada, organisation=halle, name="L’atelier", address="1 rue", postal_code="42000", territory=town
    )
    assert (site.siret, site.latitude, site.precision) == (None, town.latitude, "town")
    actions.add_site(by=ada, organisation=halle, name="Le dépôt", address="", postal_code="", territory=town)
    with pytest.raises(NotAllowed, match="registre"):
        actions.remove_site(by=ada, site=registered)
    actions.remove_site(by=ada, site=site)
    assert Establishment.objects.count() == 2


def test_the_public_page_tells_what_is_told_and_what_is_not(client: Client, halle, ada) -> None:
    before = read(client.get(halle.get_absolute_url()))
    assert "ce qu’elle cherche et apporte, et son modèle socio-économique" in before
    tell(halle, ada, seeks=["premises"], skills=["Soudure"], human=["volunteers"], human_words="Trente\n<b>amis</b>")
    page = read(client.get(halle.get_absolute_url()))
    assert "Locaux" in page
    assert "Soudure" in page
    assert "&lt;b&gt;amis" in page
    assert page.count('<span class="muted">Non renseigné</span>') == 4


def test_the_page_asks_no_more_for_a_profile(client: Client, halle, ada, django_assert_num_queries) -> None:
    path = halle.get_absolute_url()
    client.get(path)
    with CaptureQueriesContext(connection) as first:
        client.get(path)
    tell(halle, ada, seeks=["premises"])
    with django_assert_num_queries(len(first)):
        client.get(path)


def test_search_finds_what_it_seeks(halle, ada) -> None:
    tell(halle, ada, seeks=["premises"], seeks_words="Un hangar", skills=["Soudure"])
    [doc] = documents.build([str(halle.pk)])
    assert "Un hangar" in doc.body
    assert "locaux" in doc.keywords
    assert "Soudure" in doc.keywords


def test_matching_reads_what_it_seeks_and_brings(halle, ada) -> None:
    OrganisationFactory()
    tell(halle, ada, seeks=["skills", "premises", "gone"], brings=["data"], welcomes=["entreprise"])
    known = loader.geography.get()
    units, _sites, _scopes = loader.load(known).columns()
    assert units.seeks.tolist() == [0b101, 0]
    assert units.brings.tolist() == [0b10000, 0]
    assert units.told_on[0] > 9_000
    assert units.told_on[1] == loader.UNKNOWN_DAY
    asker = loader.asker(known, halle.pk, TODAY)
    assert (asker.seeks, asker.brings) == (0b101, 0b10000)
    entreprise = 1 << (Sphere.values.index("entreprise") + 1)
    assert asker.welcomes == entreprise | 1


# Pages.


def section(halle, slug: str) -> str:
    return f"{HERE}{halle.pk}/fiche/{slug}/"


def test_who_reads_and_who_writes(halle, ada, mia, oscar) -> None:
    for user, reads, writes in ((ada, 200, 200), (mia, 200, 403), (oscar, 404, 404)):
        client = entered(user)
        assert client.get(f"{HERE}{halle.pk}/fiche/").status_code == reads
        for slug in SECTIONS:
            assert client.get(section(halle, slug)).status_code == writes, slug
        assert client.get(f"{HERE}{halle.pk}/lieux/").status_code == writes
    assert entered(ada).get(section(halle, "rien")).status_code == 404
    assert entered(mia).post(section(halle, "echanges"), {"version": 0, "seeks": "premises"}).status_code == 403
    assert not Profile.objects.exists()


def test_each_section_is_written(halle, ada, town) -> None:
    client = entered(ada)
    far = TerritoryFactory(level="departement", code="42", name="Loire", slug="loire")
    forget_undated()
    sent = {
        "presentation": {
            "sphere": "entreprise",
            "description": "Nous\nfaisons",
            "website": "halle.fr",
            "acronym": "HF",
        },
        "objectifs": {"goals": ["4", "8"], "themes": []},
        "ou": {"seat": "commune:42218", "new_1": "departement:42", "new_2": "Saint-Étienne"},
        "echanges": {"seeks": ["premises"], "brings": ["data"], "skills": "Soudure\n\n Couture \nSoudure"},
        "modele": {"human": ["volunteers"], "financial_words": "Des cotisations"},
    }
    for version, (slug, said) in enumerate(sent.items()):
        done = client.post(section(halle, slug), {**said, "version": version})
        assert done.status_code == 302, (slug, read(done))
    halle.refresh_from_db()
    held = Profile.objects.get()
    assert (halle.sphere, halle.website, halle.goals, halle.seat) == ("entreprise", "https://halle.fr", [4, 8], town)
    assert set(halle.territories.all()) == {town, far}
    assert (held.skills, held.human, held.financial_words) == (
        ["Soudure", "Couture"],
        ["volunteers"],
        "Des cotisations",
    )
    client.post(section(halle, "ou"), {"seat": "", "kept": [str(far.pk)], "version": 5})
    halle.refresh_from_db()
    assert (halle.seat, list(halle.territories.all())) == (None, [far])


@pytest.mark.parametrize(
    ("slug", "said", "words"),
    [
        ("presentation", {"sphere": "planete"}, "planete"),
        ("presentation", {"sphere": "association", "email": "x"}, "adresse"),
        (
            "presentation",
            {"sphere": "association", "website": "javascript:alert(1)"},
            "Ce n’est pas l’adresse d’une page",
        ),
        ("presentation", {"sphere": "association", "website": "ftp://exemple.fr/"}, "l’adresse d’une page"),
        ("presentation", {"sphere": "association", "description": "x" * 3001}, "3000"),
        ("objectifs", {"goals": ["18"]}, "18"),
        ("objectifs", {"themes": ["rien"]}, "rien"),
        ("ou", {"new_1": "Nulle-Part-sur-Rien"}, "Nous ne connaissons pas"),
        ("ou", {"kept": ["999999"]}, "999999"),
        ("echanges", {"seeks": ["or"]}, "or"),
        ("echanges", {"skills": "x\n" * 30 + "\n".join(map(str, range(21)))}, "Vingt compétences"),
        ("echanges", {"skills": "x" * 61}, "Plus court"),
        ("modele", {"human": ["robots"]}, "robots"),
    ],
)
def test_bad_answers_are_said_and_nothing_is_written(halle, ada, town, slug: str, said: dict, words: str) -> None:
    halle.territories.add(town)
    answer = entered(ada).post(section(halle, slug), {"version": 0, **said})
    assert answer.status_code == 422
    assert words in read(answer)
    assert not Profile.objects.exists()


def test_a_sphere_nobody_said_is_not_presumed(halle, ada) -> None:
    Organisation.objects.filter(pk=halle.pk).update(sphere="")
    page = read(entered(ada).get(section(halle, "presentation")))
    assert '<option value="" selected>Choisissez</option>' in page
    halle.refresh_from_db()
    answer = entered(ada).post(section(halle, "presentation"), {"version": 0, "sphere": ""})
    assert "Choisissez sa sphère dans la liste" in read(answer)
    assert Organisation.objects.get(pk=halle.pk).sphere == ""


def test_a_version_that_is_old_or_none(halle, ada) -> None:
    client = entered(ada)
    assert client.post(section(halle, "echanges"), {"seeks": "premises"}).status_code == 422
    tell(halle, ada, seeks=["data"])
    late = client.post(section(halle, "echanges"), {"seeks": "premises", "version": 0})
    assert late.status_code == 422
    assert "quelqu’un d’autre a modifié" in read(late)
    assert 'name="version" value="1"' in read(late)
    assert Profile.objects.get().seeks == ["data"]


def test_places_by_the_page(halle, ada, town, oscar) -> None:
    client, path = entered(ada), f"{HERE}{halle.pk}/lieux/"
    assert client.post(path, {"name": "", "territory": "commune:42218"}).status_code == 422
    wrong = client.post(path, {"name": "Dépôt", "territory": "commune:42218", "postal_code": "4200"})
    assert "Cinq chiffres" in read(wrong)
    assert client.post(path, {"name": "Dépôt", "territory": "commune:42218", "postal_code": "42000"}).status_code == 302
    site = Establishment.objects.get()
    assert "Dépôt" in read(client.get(halle.get_absolute_url()))
    assert entered(oscar).post(f"{path}{site.pk}/retirer/").status_code == 404
    client.post(f"{path}{site.pk}/retirer/")
    assert not Establishment.objects.exists()
