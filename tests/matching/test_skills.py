"""Skills in suggestions: read in free words of profiles, needs and offers; said on the page."""

import pytest

from fairealliance.accounts.models import User
from fairealliance.goals import skills
from fairealliance.matching import bits, loader, pairs, suggest
from fairealliance.matching.live import live
from fairealliance.needs.enums import Side
from fairealliance.organisations.enums import Role
from fairealliance.organisations.models import Organisation, Profile
from fairealliance.organisations.profiles import actions
from fairealliance.territories.models import Territory
from tests.factories import OrganisationFactory, TerritoryFactory
from tests.needs.cast import published
from tests.organisations.cast import entered, join, person, read

pytestmark = pytest.mark.django_db
HERE = "/mon-espace/suggestions/"
OTHERS = "Des compétences de part et d’autre, mais pas les mêmes."
NOT_TOLD = "Ses compétences ne sont pas précisées, ou nous ne les reconnaissons pas."


@pytest.fixture
def town() -> Territory:
    return TerritoryFactory(code="42218", name="Saint-Étienne", latitude=45.4397, longitude=4.3872)


@pytest.fixture
def ada() -> User:
    return person("ada@exemple.fr")


@pytest.fixture
def halle(town: Territory, ada: User) -> Organisation:
    """Seeks a bookkeeper."""
    found = made("La Halle", town, ada)
    tell(found, ada, seeks=["skills"], seeks_words="Une personne pour tenir la comptabilité")
    return found


def made(name: str, town: Territory, by: User) -> Organisation:
    found = OrganisationFactory(name=name, seat=town)
    join(found, by, Role.ADMINISTRATOR)
    return found


def tell(organisation: Organisation, by: User, **said: object) -> None:
    version = Profile.objects.filter(organisation=organisation).values_list("version", flat=True).first() or 0
    actions.tell(by=by, organisation=organisation, version=version, said=said)


def page_of(halle: Organisation, ada: User, name: str) -> str:
    """What is said of that one."""
    pk = Organisation.objects.get(name=name).pk
    page = read(entered(ada).get(f"{HERE}{halle.pk}/"))
    return page.split(f'id="organisation-{pk}"')[1].split('<li class="suggestion"')[0]


def test_the_page_names_skills_sought_and_brought(halle: Organisation, ada: User, town: Territory) -> None:
    ann = person("ann@exemple.fr")
    told = {"skills": ["Experts-comptables"], "brings": ["skills"]}
    tell(made("Cabinet", town, ann), ann, **told, seeks=["skills"], seeks_words="Un traducteur")
    tell(halle, ada, skills=["traduction"], brings=["skills"])
    said = page_of(halle, ada, "Cabinet")
    assert "Compétences que vous cherchez : Comptabilité et gestion." in said
    assert "Compétences que vous pouvez partager : Traduction et interprétation." in said
    assert OTHERS not in said
    assert NOT_TOLD not in said


def test_others_and_those_not_told_are_said_and_rank_lower(halle: Organisation, ada: User, town: Territory) -> None:
    ann = person("ann@exemple.fr")
    for name, told in (
        ("Forge", ["Soudure"]),
        ("Muette", []),
        ("Mystère", ["Xylophilie"]),
        ("Cabinet", ["compta, comptable"]),
    ):
        tell(made(name, town, ann), ann, brings=["skills"], skills=told)
    assert OTHERS in page_of(halle, ada, "Forge")
    for name in ("Muette", "Mystère"):
        assert NOT_TOLD in page_of(halle, ada, name)
    lines = suggest.for_organisation(halle.pk).lines
    assert lines[0].organisation.name == "Cabinet"
    assert lines[-1].organisation.name == "Forge"
    assert lines[-1].suggestion.parts["complementarity"] == 0


def test_needs_and_offers_carry_theirs(town: Territory, ada: User) -> None:
    halle, ann = made("La Halle", town, ada), person("ann@exemple.fr")
    studio = made("Studio", town, ann)
    need = published(ada, halle, exchange="skills", title="Refaire notre plaquette", description="Avec une graphiste.")
    published(ann, studio, Side.OFFER, exchange="skills", title="Deux journées de graphisme")
    said = page_of(halle, ada, "Studio")
    assert "Deux journées de graphisme" in said
    assert "Compétences que vous cherchez : Graphisme." in said
    [line] = suggest.for_need(need).lines
    assert line.suggestion.parts["skills"] == 1
    [back] = suggest.for_organisation(studio.pk).lines
    assert "Compétences que vous pouvez partager : Graphisme." in [each.text for each in back.told.reasons]


def test_told_of_a_pair_a_third_reads_which_skills_make_it(town: Territory, ada: User) -> None:
    halle, ann = made("La Halle", town, ada), person("ann@exemple.fr")
    published(ada, halle, exchange="skills", title="Refaire notre plaquette", description="Avec une graphiste.")
    published(ann, made("Studio", town, ann), Side.OFFER, exchange="skills", title="Deux journées de graphisme")
    [pair] = pairs.possible([town.pk]).pairs
    assert "Compétences que La Halle cherche et que Studio apporte : Graphisme." in pair.reasons


def test_words_of_what_is_no_skill_tell_none(town: Territory, ada: User) -> None:
    halle = made("La Halle", town, ada)
    tell(
        halle, ada, seeks=["premises"], seeks_words="Un atelier de menuiserie", brings=["data"], brings_words="Soudure"
    )
    need = published(ada, halle, exchange="premises", title="Un atelier de menuiserie")
    known, today = loader.geography.get(), need.created_at.date()
    asker = loader.asker(known, halle.pk, today)
    assert (asker.skills_sought, asker.skills_brought) == (0, 0)
    assert loader.asker_of_need(known, need, today).skills_sought == 0


def test_no_more_queries_for_skills(halle: Organisation, ada: User, town: Territory, django_assert_num_queries) -> None:
    ann = person("ann@exemple.fr")
    for count in (1, 19):
        for n in range(count):
            tell(made(f"Cabinet {count} {n}", town, ann), ann, brings=["skills"], skills=["comptable"], capacity=3)
            published(ann, Organisation.objects.latest("pk"), Side.OFFER, exchange="skills", title="Une comptable")
        ids, known = list(Organisation.objects.values_list("pk", flat=True)), loader.geography.get()
        with django_assert_num_queries(9):  # two of them for answers, one for introductions under way
            loader.load(known, ids)


def test_a_vocabulary_that_changed_lays_all_out_anew(
    halle: Organisation, ada: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    suggest.for_organisation(halle.pk)
    before = live._store.current()
    suggest.for_organisation(halle.pk)
    assert live._store.current() == before
    monkeypatch.setattr(skills, "digest", lambda: "another")
    bits.words_digest.cache_clear()
    suggest.for_organisation(halle.pk)
    bits.words_digest.cache_clear()
    assert live._store.current() != before


# The form, and the page of the profile.


def test_the_form_shows_what_was_understood_and_what_was_not(halle: Organisation, ada: User) -> None:
    client = entered(ada)
    address = f"/mon-espace/organisations/{halle.pk}/fiche/"
    before = read(client.get(f"{address}echanges/")).split('id="compris"')[1]
    assert '<span class="chip">Comptabilité et gestion</span>' in before
    assert "Pas reconnu" not in before
    said = {"version": 1, "brings": ["skills"], "brings_words": "Du mentorat", "skills": "Soudure\n<i>Xylophilie</i>"}
    wrong = client.post(f"{address}echanges/", {**said, "seeks": "or"})
    done = client.post(f"{address}echanges/", said, follow=True)
    assert (wrong.status_code, done.status_code) == (422, 200)
    for page in (read(wrong).split('id="compris"')[1], read(done).split("que nous avons reconnues")[1]):
        assert '<span class="chip">Métal et soudure</span>' in page
        assert '<span class="chip">Mentorat et parrainage</span>' in page
        assert "<dt>Pas reconnu</dt><dd>&lt;i&gt;Xylophilie&lt;/i&gt;" in page
