"""What a sheet says, and how honestly."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fairealliance.goals.vocabulary import COMMON_STEPS
from fairealliance.search.query import State
from fairealliance.sheets import steps
from fairealliance.sheets.compose import compose
from fairealliance.sheets.filters import Filters
from fairealliance.sheets.sheet import Sheet
from fairealliance.territories.enums import Level
from fairealliance.territories.models import Indicator, Membership, Value
from tests.factories import SourceFactory, TerritoryFactory
from tests.sheets.conftest import CHALLENGE, DROPOUT, World
from tests.sheets.fake_index import FakeIndex


def test_every_line_has_a_source_and_reasons(world, index, make_practice, make_organisation, make_resource):
    make_practice(world.neighbour)
    make_organisation(world.town)
    make_resource()
    index.follow()
    sheet = compose(world.town, CHALLENGE)
    lines = [line for section in sheet.sections for line in section.lines]
    assert {line.kind for line in lines} == {"practice", "organisation", "resource", "territory"}
    assert all(line.source.label and line.reasons and line.url for line in lines)
    assert all(step.source.label and step.reasons for step in sheet.steps)


def test_the_nearest_good_answer_comes_first(world, index, make_practice):
    far = make_practice(world.lille, "Des ateliers pour les jeunes qui décrochent, loin")
    near = make_practice(world.neighbour, "Des ateliers pour les jeunes qui décrochent, tout près")
    index.follow()
    lines = compose(world.town, CHALLENGE).cases.lines
    assert [line.ref for line in lines] == [f"practice:{near.pk}", f"practice:{far.pk}"]
    assert "même intercommunalité : Saint-Étienne Métropole" in lines[0].reasons
    assert "à 10 km de chez vous" in lines[0].reasons
    assert "répond à : jeunesse et décrochage scolaire" in lines[0].reasons
    assert "ailleurs en France : Lille" in lines[1].reasons


def test_a_gap_names_the_nearest_case(world, index, make_practice):
    make_practice(world.lille)
    make_practice(world.lyon)
    index.follow()
    (gap,) = compose(world.town, CHALLENGE).cases.gaps
    assert gap == "Pas encore d’exemple connu dans la Loire sur ce défi : le plus proche est à Lyon, à 50 km."


def test_no_gap_when_the_departement_has_a_case(world, index, make_practice):
    make_practice(world.neighbour)
    index.follow()
    assert compose(world.town, CHALLENGE).cases.gaps == ()


def test_cases_that_share_only_words_are_told_as_such(world, index, make_practice):
    make_practice(
        world.town,
        "Rénovation de l’école et du local des jeunes",
        themes=[],
        goals=[7],
        summary="Chaudière.",
    )
    index.follow()
    section = compose(world.town, CHALLENGE).cases
    (gap,) = section.gaps
    assert gap == "Aucun exemple connu ne porte vraiment sur ce défi : ceux-ci en partagent seulement les mots."
    assert "parle de : jeunes, école" in section.lines[0].reasons


def test_nothing_known_is_said(world, index):
    sheet = compose(world.town, CHALLENGE)
    assert sheet.cases.gaps[0].startswith("Pas encore d’exemple connu sur ce défi.")
    assert any("Aucun chiffre" in gap for gap in sheet.figures_gaps)
    assert sheet.steps, "the first steps hold without any data"


def test_missing_circles_are_named_with_who_usually_helps(world, index, make_organisation):
    make_organisation(world.town)
    index.follow()
    sheet = compose(world.town, CHALLENGE)
    assert sheet.spheres_present == ("association", "collectivite")
    assert sheet.spheres_missing == ("entreprise",)
    gap = sheet.allies.gaps[0]
    assert gap.startswith("Il manque le cercle des entreprises. Souvent utile sur ce défi : employeurs")


def test_the_intercommunality_and_the_departement_are_allies(world, index):
    refs = [line.ref for line in compose(world.town, CHALLENGE).allies.lines]
    assert refs == ["epci:244200770", "departement:42"]


def test_an_unread_challenge_is_searched_by_its_words(world, index, make_practice):
    made = make_practice(world.town, "Zorglub des collines", themes=[], goals=[], summary="Zorglub.")
    index.follow()
    sheet = compose(world.town, "zorglub")
    assert sheet.goals == ()
    assert [line.ref for line in sheet.cases.lines] == [f"practice:{made.pk}"]
    assert sheet.cases.lines[0].reasons[-1] == "parle de : zorglub"
    assert any("Nous n’avons reconnu" in notice for notice in sheet.notices)


def test_chips_say_because_of_which_words(world, index):
    sheet = compose(world.town, CHALLENGE)
    (theme,) = sheet.themes
    assert theme.value == DROPOUT
    assert "décrochent" in theme.because


def test_filters_narrow(world, index, make_practice, make_organisation):
    make_practice(world.neighbour, spheres=["association"])
    with_company = make_practice(world.lyon, spheres=["entreprise"])
    make_organisation(world.town)
    company = make_organisation(world.lyon, "Ateliers réunis", sphere="entreprise")
    index.follow()
    sheet = compose(world.town, CHALLENGE, Filters(spheres=("entreprise",)))
    assert [line.ref for line in sheet.cases.lines] == [f"practice:{with_company.pk}"]
    assert [line.ref for line in sheet.allies.lines] == [f"organisation:{company.pk}"]
    near = compose(world.town, CHALLENGE, Filters(km=20))
    assert [line.km < 20 for line in near.cases.lines if line.km is not None] == [True]
    other_goal = compose(world.town, CHALLENGE, Filters(goals=(13,)))
    assert other_goal.cases.lines == ()
    assert "Élargissez" in other_goal.cases.gaps[0]


def test_goals_and_themes_chosen_add_up(world, index, make_practice):
    by_goal = make_practice(world.town, "Des jeunes au jardin", goals=[13], themes=[])
    by_theme = make_practice(world.town, "Des jeunes à l’école", goals=[4], themes=[DROPOUT])
    make_practice(world.town, "Des jeunes en mer", goals=[14], themes=[])
    index.follow()
    lines = compose(world.town, CHALLENGE, Filters(goals=(13,), themes=(DROPOUT,))).cases.lines
    assert {line.ref for line in lines} == {f"practice:{by_goal.pk}", f"practice:{by_theme.pk}"}


def test_methods_of_alliance_serve_every_goal(world, index, make_resource):
    kit = make_resource("Kit de co-construction", goals=[17], themes=["alliances"], summary="Méthode d’alliance.")
    index.follow()
    sheet = compose(world.town, CHALLENGE, Filters(goals=(4,)))
    assert [line.ref for line in sheet.tools.lines] == [f"resource:{kit.pk}"]
    assert "sert à toute alliance, quel que soit le défi" in sheet.tools.lines[0].reasons
    assert sheet.tools.gaps == ("Rien encore de propre à ce défi : ces méthodes servent à toute alliance.",)


def test_trainings_stand_among_skills(world, index, make_resource):
    make_resource("MOOC sur le décrochage", kind="training")
    index.follow()
    sheet = compose(world.town, CHALLENGE)
    assert [line.title for line in sheet.skills.lines] == ["MOOC sur le décrochage"]
    assert sheet.tools.lines == ()


def test_the_nearest_counter_is_a_step(world, index, make_organisation):
    counter = {"themes": [], "goals": [], "description": "Accueil.", "sphere": "etat"}
    counter["source"] = SourceFactory(slug="france-services-2024", label="France services")
    make_organisation(world.lyon, "France services Lyon", **counter)
    make_organisation(world.neighbour, "France services Firminy", **counter)
    index.follow()
    step = compose(world.town, CHALLENGE).steps[0]
    assert [line.title for line in step.lines] == ["France services Firminy"]


def test_steps_use_what_was_found(world, index, make_practice):
    made = make_practice(world.neighbour)
    index.follow()
    sheet = compose(world.town, CHALLENGE)
    step = next(step for step in sheet.steps if step.title == steps.CALL_A_TERRITORY)
    assert [line.ref for line in step.lines] == [f"practice:{made.pk}"]


def test_no_one_is_called_when_no_case_is_known(world, index):
    index.follow()
    assert steps.CALL_A_TERRITORY not in {step.title for step in compose(world.town, CHALLENGE).steps}


def test_wasteland_is_not_asked_about_at_a_counter(world, index, make_organisation):
    source = SourceFactory(slug="france-services-2024", label="France services")
    make_organisation(world.neighbour, "France services Firminy", themes=[], goals=[], source=source)
    index.follow()
    assert all(step.lines == () for step in compose(world.town, "une friche industrielle").steps[:1])


def test_what_is_in_the_town_is_at_home_for_its_arrondissement(world, index, make_practice):
    ninth = TerritoryFactory(level=Level.ARRONDISSEMENT, code="69389", name="Lyon 9e Arrondissement")
    Membership.objects.create(child=ninth, parent=world.lyon)
    make_practice(world.lyon)
    index.follow()
    (line,) = compose(ninth, CHALLENGE).cases.lines
    assert line.reasons[0] == "dans votre commune : Lyon"


@pytest.mark.parametrize(
    ("code", "name", "council"),
    [("42", "Loire", "Département de la Loire"), ("987", "Polynésie française", "Polynésie française")],
)
def test_not_every_collectivity_is_a_departement(world, index, code, name, council):
    world.loire.code, world.loire.name = code, name
    world.loire.save()
    index.follow()
    line = compose(world.town, CHALLENGE).allies.lines[-1]
    own = "votre département" if code == "42" else "votre collectivité"
    assert (line.title, line.reasons[0]) == (council, own)


def test_a_nearest_town_keeps_its_grammar(world, index, make_practice):
    world.lyon.name = "Le Marigot"
    world.lyon.save()
    make_practice(world.lyon)
    index.follow()
    assert "le plus proche est au Marigot, à 50 km." in compose(world.town, CHALLENGE).cases.gaps[0]


def test_the_steps_we_attach_to_exist():
    titles = {step.title for step in COMMON_STEPS}
    attached = {steps.CALL_A_TERRITORY, steps.GATHER_THREE, steps.ASK_A_CATALYST}
    assert attached | {steps.FIRST_STEP, steps.WRITE_IT} <= titles


def test_what_the_index_still_holds_but_not_the_database_is_not_shown(world, index, make_practice):
    gone = make_practice(world.neighbour)
    index.follow()
    gone.delete()
    assert compose(world.town, CHALLENGE).cases.lines == ()


@pytest.mark.parametrize("state", [State.REBUILDING, State.UNAVAILABLE])
def test_without_search_data_and_steps_remain(world, index, state):
    index.state = state
    _figure(world)
    sheet = compose(world.town, CHALLENGE)
    assert sheet.search_state == "rebuilding"
    assert sheet.figures[0].number == 173136
    assert sheet.steps
    assert "reconstruction" in sheet.notices[0]
    assert sheet.cases.gaps == ()


def _figure(world: World) -> None:
    indicator = Indicator.objects.create(
        slug="population", label="Population", theme="habitants", source=SourceFactory(), vintage="2023"
    )
    Value.objects.create(indicator=indicator, territory=world.town, number=173136)


def test_secret_is_not_zero(world, index):
    named = {"slug": "taux-pauvrete", "label": "Taux de pauvreté", "theme": "revenus", "vintage": "2021"}
    indicator = Indicator.objects.create(**named, source=SourceFactory(), unit="%")
    Value.objects.create(indicator=indicator, territory=world.town, state="secret")
    sheet = compose(world.town, CHALLENGE)
    (figure,) = sheet.figures
    assert (figure.state, figure.number) == ("secret", None)
    assert any("secret statistique" in gap and "Taux de pauvreté" in gap for gap in sheet.figures_gaps)


def _cost(world: World, index: FakeIndex) -> tuple[int, int, Sheet]:
    index.asked.clear()
    compose(world.town, CHALLENGE)  # what is kept in memory is built
    index.asked.clear()
    with CaptureQueriesContext(connection) as queries:
        sheet = compose(world.town, CHALLENGE)
    return len(queries), len(index.asked), sheet


def test_queries_do_not_grow_with_the_data(world, index, make_practice, make_organisation, make_resource):
    make_practice(world.neighbour, spheres=["association"])
    make_organisation(world.town)
    make_resource()
    index.follow()
    few, asked_few, _sheet = _cost(world, index)
    for number in range(25):
        make_practice(world.lyon, f"Jeunes et ateliers {number}", spheres=["association", "entreprise"])
        sphere = ("association", "entreprise", "etat")[number % 3]
        make_organisation(world.neighbour, f"Jeunes et avenir {number}", sphere=sphere)
        make_resource(f"Guide des jeunes {number}", stage=["act"])
    index.follow()
    many, asked_many, sheet = _cost(world, index)
    assert len(sheet.cases.lines) > 3
    assert many == few <= 15
    assert asked_many <= asked_few <= 6
