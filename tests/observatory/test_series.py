"""Series: breaks seen where nobody said them, waves that nothing makes vanish."""

from collections.abc import Sequence
from decimal import Decimal

import pytest

from fairealliance.accounts.actors import SYSTEM
from fairealliance.journal.models import Entry
from fairealliance.observatory.actions import add_wave, remove_study, save_series, save_study
from fairealliance.observatory.charting import plot_of_series
from fairealliance.observatory.checks import Refused
from fairealliance.observatory.models import Result, Series, Study
from fairealliance.observatory.wave import PointData, QuestionData, ResultData, SeriesData, SourceRef, StudyData
from fairealliance.observatory.waves import SeriesView, view_of
from tests.factories import TerritoryFactory

pytestmark = pytest.mark.django_db
SOURCES = {"s": SourceRef("s", "Source")}


def _asked(slug: str, actor: str, when: str, wording: str, code: str = "oui", place: str = "") -> Study:
    result = ResultData(code.capitalize(), code, actor, Decimal(50), territory=place, source="s")
    question = QuestionData("q", "Sujet", wording=wording, results=(result,))
    data = StudyData(slug, slug, actor=actor, started=when, ended=when, source="s", questions=(question,))
    return save_study(by=SYSTEM, data=data, sources=SOURCES).study


def _series(slugs: Sequence[str]) -> SeriesView:
    points = tuple(PointData(slug, "q", "oui") for slug in slugs)
    save_series(by=SYSTEM, data=SeriesData("s", "Série", points=points))
    return view_of(Series.objects.whole().get(slug="s"))


def test_a_break_is_seen_since_the_same_people_were_last_asked() -> None:
    _asked("c1", "citizens", "2020-01", "Êtes-vous convaincu ?")
    _asked("m1", "mayors", "2020-02", "Êtes-vous convaincu ?")
    _asked("c2", "citizens", "2022-01", "Tout autre chose ?")
    _asked("m2", "mayors", "2022-02", "Tout autre chose ?")
    view = _series(["c1", "m1", "c2", "m2"])
    assert [(wave.study.slug, wave.number, wave.kinds) for wave in view.breaks] == [
        ("c2", 1, ("wording",)),
        ("m2", 2, ("wording",)),
    ]


def test_a_break_cuts_the_line_of_those_it_concerns_only() -> None:
    _asked("c1", "citizens", "2020-01", "Êtes-vous convaincu ?")
    _asked("m1", "mayors", "2020-02", "Êtes-vous convaincu ?")
    _asked("c2", "citizens", "2022-01", "Tout autre chose ?")
    _asked("m2", "mayors", "2022-02", "Êtes-vous convaincu ?")
    view = _series(["c1", "m1", "c2", "m2"])
    assert [wave.study.slug for wave in view.breaks] == ["c2"]
    cut = {line.name: [point.cut for point in line.points] for line in plot_of_series(view).lines}  # type: ignore[union-attr]
    assert cut == {"Citoyens": [False, True], "Maires et élus locaux": [False, False]}


def test_an_answer_of_a_series_keeps_its_code() -> None:
    _asked("a", "mayors", "2020", "?")
    _asked("b", "mayors", "2022", "?")
    _series(["a", "b"])
    with pytest.raises(Refused, match="sert dans la série « Série »"):
        _asked("a", "mayors", "2020", "?", code="oui-bis")
    assert Result.objects.get(question__study__slug="a").code == "oui"
    assert len(view_of(Series.objects.whole().get()).waves) == 2


def test_an_answer_of_a_series_keeps_its_figure_for_france(db: None) -> None:
    place = TerritoryFactory(level="region", code="53", name="Bretagne").ref
    _asked("a", "mayors", "2020", "?")
    _series(["a"])
    with pytest.raises(Refused, match="sert dans la série"):
        _asked("a", "mayors", "2020", "?", place=place)
    _asked("b", "mayors", "2022", "?", place=place)
    with pytest.raises(Refused, match="pour toute la France"):
        _series(["a", "b"])


def test_a_study_out_of_every_series_is_free_again() -> None:
    study = _asked("a", "mayors", "2020", "?")
    _series(["a"])
    _series([])
    _asked("a", "mayors", "2020", "?", code="non")
    remove_study(by=SYSTEM, study=study)
    assert not Study.objects.exists()


def test_a_wave_is_added_to_what_is_there_and_the_journal_keeps_what_was() -> None:
    for slug in ("a", "b", "c"):
        _asked(slug, "mayors", f"202{ord(slug) - 97}", "?")
    _series(["a"])
    for _again in range(2):
        add_wave(by=SYSTEM, slug="s", point=PointData("b", "q", "oui"))
    add_wave(by=SYSTEM, slug="s", point=PointData("c", "q", "oui"))
    assert [wave.study.slug for wave in view_of(Series.objects.whole().get()).waves] == ["a", "b", "c"]
    entries = Entry.objects.filter(subject="series:s", verb="series-updated").order_by("pk")
    assert [[p["study"] for p in entry.detail["before"]["points"]] for entry in entries] == [["a"], ["a", "b"]]
    with pytest.raises(Refused, match="n’est plus là"):
        add_wave(by=SYSTEM, slug="rien", point=PointData("a", "q", "oui"))
