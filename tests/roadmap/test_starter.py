"""What the documents tell, and no more."""

from datetime import date

import pytest

from fairealliance.accounts.actors import SYSTEM
from fairealliance.accounts.models import User
from fairealliance.journal.models import Entry
from fairealliance.roadmap import starter, words
from fairealliance.roadmap.actions import measures, programmes
from fairealliance.roadmap.enums import Result
from fairealliance.roadmap.models import Programme
from fairealliance.roadmap.state import read
from tests.factories import OrganisationFactory, SourceFactory


def test_it_holds_what_the_documents_tell(roadmap: Programme) -> None:
    state = read(roadmap, date(2021, 5, 7))
    assert [each.number for each in state.measures] == list(range(1, 22))
    assert [(d.delay_min, d.delay_max, len(m)) for d, m in state.families] == [(3, 9, 7), (6, 12, 7), (12, 18, 7)]
    assert len(state.workstreams) == 4
    assert all(each.report for each in state.workstreams)
    assert [bool(each.illustrations) for each in state.forces] == [True] * 6 + [False]
    assert [each.part.title for each in state.levers] == [""] * 7, "counted by the documents, and not named"
    first = state.measures[0]
    assert first.report is not None
    assert "5 rubriques" in first.report.text
    assert "12 juillet 2021" in first.report.next_steps
    assert first.delay == (None, 3)
    assert [each.name for each in first.facilitators] == ["DJEPVA", "Équipe projet de la mission"]
    assert first.result == Result.NOT_REPORTED, "the document tells what was done, and does not qualify it"
    assert words.standing(first).startswith("bilan au 7 mai 2021")
    assert [each.report for each in state.measures[1:]] == [None] * 20
    assert state.statements == ()
    [told] = read(roadmap, date(2022, 6, 1)).statements
    assert told.counts == {"exceeded": 12, "met": 7, "partly": 2}


def test_loading_again_does_nothing(roadmap: Programme, django_assert_num_queries) -> None:
    with django_assert_num_queries(1):
        assert starter.load(by=SYSTEM) is None


def test_a_new_edition_of_the_file_changes_nothing_that_was_there(roadmap: Programme) -> None:
    Programme.objects.update(digest="")
    again = starter.load(by=SYSTEM)
    assert again is not None
    assert (again.created, again.updated, again.rejected) == (0, 0, [])


def test_a_file_that_tells_a_published_report_otherwise_leaves_it(roadmap: Programme, tmp_path) -> None:
    path = tmp_path / "autre.toml"
    told = (starter.FOLDER / "alliances-strategiques.toml").read_text()
    told = told.replace("Régulièrement alimenté", "Rarement alimenté").replace(
        'titre = "La vision"', 'titre = "Le cap"'
    )
    path.write_text(told)
    loaded = starter.load(by=SYSTEM, path=path)
    assert loaded is not None
    assert loaded.updated == 1
    state = read(roadmap)
    assert "Régulièrement alimenté" in state.measures[0].report.text, "what was published stays"
    assert state.forces[1].part.title == "Le cap", "other news come in"
    assert starter.load(by=SYSTEM, path=path) is None, "and it is not tried at each start"


def test_another_edition_of_the_file_writes_over_nobody(roadmap: Programme, secretariat: User, tmp_path) -> None:
    told = {"by": secretariat, "programme": roadmap}
    programmes.save_force(**told, number=2, title="Notre vision")
    programmes.save_programme(by=secretariat, slug=roadmap.slug, description="Notre présentation.")
    programmes.remove_part(by=secretariat, part=roadmap.levers.get(number=7))
    programmes.save_statement(**told, code="deux-ans", title="Autrement dit")
    first = roadmap.measures.get(number=1)
    held = first.facilitators.get(name="DJEPVA")
    measures.save_facilitator(by=secretariat, measure=first, name="La direction", row=held)
    measures.remove_facilitator(by=secretariat, facilitator=first.facilitators.exclude(pk=held.pk).get())
    path = tmp_path / "autre.toml"
    text = (starter.FOLDER / "alliances-strategiques.toml").read_text()
    for before, after in (
        ('titre = "La vision"', 'titre = "Le cap"'),
        ("La mission ministérielle confiée", "La mission confiée"),
        ("12 objectifs dépassés", "Douze objectifs dépassés"),
        ('titre = "Les exemples inspirants"', 'titre = "Les exemples"'),
    ):
        assert before in text
        text = text.replace(before, after)
    path.write_text(text)
    loaded = starter.load(by=SYSTEM, path=path)
    assert loaded is not None
    assert (loaded.created, loaded.updated, loaded.rejected) == (0, 1, [])
    state = read(roadmap)
    assert state.programme.description == "Notre présentation."
    assert [each.part.title for each in state.forces][1:3] == ["Notre vision", "Les exemples"]
    assert len(state.levers) == 6
    assert state.statements[0].title == "Autrement dit"
    assert [each.name for each in state.measures[0].facilitators] == ["La direction"]
    assert Entry.objects.filter(verb="programme-loaded").count() == 2


@pytest.mark.django_db
def test_a_facilitator_we_hold_is_linked() -> None:
    source = SourceFactory(slug="lettre-elus-2020")
    held = OrganisationFactory(name="Direction de la jeunesse", source=source, source_key="djepva")
    starter.load(by=SYSTEM)
    first = read(Programme.objects.get()).measures[0]
    assert [each.organisation for each in first.facilitators] == [held, None]
