"""A study or a series of the database as plain data, to compare, to export, to fill a form."""

from fairealliance.observatory.models import Question, Result, Series, Study
from fairealliance.observatory.wave import PointData, QuestionData, ResultData, SeriesData, StudyData

_STUDY: tuple[str, ...] = (
    "slug",
    "title",
    "programme",
    "producer",
    "institute",
    "commissioner",
    "actor",
    "started",
    "ended",
)
_STUDY += ("dates_told", "population", "method", "sample_size", "report_url", "licence", "note")
_QUESTION = ("code", "label", "wording", "base", "topic", "unit", "multiple")
_RESULT: tuple[str, ...] = (
    "answer",
    "code",
    "actor",
    "share",
    "sign",
    "secret",
    "part_of",
    "subgroup",
    "n",
    "margin",
    "told",
)
_RESULT += ("differs", "note")


def study_data(study: Study) -> StudyData:
    """No query when read with `whole()`."""
    return StudyData(
        **{name: getattr(study, name) for name in _STUDY},
        source=study.source.slug if study.source else "",
        url=study.source_url,
        passage=study.source_passage,
        questions=tuple(_question(question) for question in study.questions.all()),
    )


def _question(question: Question) -> QuestionData:
    return QuestionData(
        **{name: getattr(question, name) for name in _QUESTION},
        results=tuple(_result(result) for result in question.results.all()),
    )


def _result(result: Result) -> ResultData:
    return ResultData(
        **{name: getattr(result, name) for name in _RESULT},
        territory=result.territory.ref if result.territory else "",
        source=result.source.slug if result.source else "",
        url=result.source_url,
        passage=result.source_passage,
    )


def series_data(series: Series) -> SeriesData:
    return SeriesData(
        slug=series.slug,
        title=series.title,
        headline=series.headline,
        note=series.note,
        topic=series.topic,
        position=series.position,
        points=tuple(
            PointData(
                study=point.question.study.slug,
                question=point.question.code,
                code=point.code,
                breaks=tuple(point.breaks),
                words=point.break_words,
            )
            for point in series.points.all()
        ),
    )
