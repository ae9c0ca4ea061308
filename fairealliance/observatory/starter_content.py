"""What the documents and public pages tell of the field's surveys, and no more. Each start looks, and writes only
what is new; what an editor changed or removed is left alone."""

import hashlib
import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

from fairealliance.accounts.actors import Actor
from fairealliance.journal.models import Entry
from fairealliance.observatory.actions import save_series, save_study
from fairealliance.observatory.models import Series, Study
from fairealliance.observatory.wave import PointData, QuestionData, ResultData, SeriesData, SourceRef, StudyData

STARTER = Path(__file__).parent / "starter"
_WIDTH = 32


def load(*, by: Actor) -> dict[str, int]:
    """Returns how many studies and series were written. Two queries when there is nothing new."""
    told = read_sources()
    return {"studies": _load_studies(by, told), "series": _load_series(by)}


def read_sources() -> dict[str, SourceRef]:
    return {slug: SourceRef(slug=slug, **fields) for slug, fields in _toml("sources.toml").items()}


def read_studies() -> dict[str, dict[str, Any]]:
    """Slug → what the file says, in the order of the file."""
    return _toml("studies.toml")


def study_of(slug: str, raw: dict[str, Any]) -> StudyData:
    own = {name: value for name, value in raw.items() if name != "question"}
    questions = tuple(_question(own, each) for each in raw.get("question", ()))
    return StudyData(slug=slug, **own, questions=questions)


def _question(study: dict[str, Any], raw: dict[str, Any]) -> QuestionData:
    own = {name: value for name, value in raw.items() if name != "result"}
    results = tuple(_result(study, each) for each in raw.get("result", ()))
    return QuestionData(**own, results=results)


def _result(study: dict[str, Any], raw: dict[str, Any]) -> ResultData:
    """The study's actor, source and place in it, unless told otherwise. Without a `share`, it is not known."""
    given = {"actor": study.get("actor", ""), "source": study.get("source", ""), **raw}
    if given["source"] == study.get("source"):
        given = {"url": study.get("url", ""), "passage": study.get("passage", ""), **given}
    share = given.pop("share", None)
    return ResultData(**given, share=None if share is None else Decimal(str(share)))


def _load_studies(by: Actor, told: dict[str, SourceRef]) -> int:
    rows = Study.objects.values_list("slug", "fingerprint", "version", "imported_version")
    known = {slug: rest for slug, *rest in rows}
    wanted = {slug: raw for slug, raw in read_studies().items() if _is_wanted(slug, _digest(raw), known)}
    removed = _removed("study", wanted)
    for slug, raw in wanted.items():
        if slug not in removed:
            save_study(by=by, data=study_of(slug, raw), sources=told, fingerprint=_digest(raw))
    return len(wanted.keys() - removed)


def _load_series(by: Actor) -> int:
    rows = Series.objects.values_list("slug", "fingerprint", "version", "imported_version")
    known = {slug: rest for slug, *rest in rows}
    wanted = {slug: raw for slug, raw in _toml("series.toml").items() if _is_wanted(slug, _digest(raw), known)}
    removed = _removed("series", wanted)
    for slug, raw in wanted.items():
        if slug not in removed:
            save_series(by=by, data=_series(slug, raw), fingerprint=_digest(raw))
    return len(wanted.keys() - removed)


def _series(slug: str, raw: dict[str, Any]) -> SeriesData:
    own = {name: value for name, value in raw.items() if name != "point"}
    points = tuple(PointData(**{**point, "breaks": tuple(point.get("breaks", ()))}) for point in raw.get("point", ()))
    return SeriesData(slug=slug, **own, points=points)


def _is_wanted(slug: str, digest: str, known: dict[str, list[Any]]) -> bool:
    if slug not in known:
        return True
    fingerprint, version, imported = known[slug]
    return fingerprint != digest and version == imported


def _removed(kind: str, slugs: dict[str, Any]) -> set[str]:
    """Those an editor took away: no start brings them back."""
    if not slugs:
        return set()
    subjects = [f"{kind}:{slug}" for slug in slugs]
    found = Entry.objects.filter(verb=f"{kind}-removed", subject__in=subjects).values_list("subject", flat=True)
    return {subject.partition(":")[2] for subject in found}


def _digest(raw: dict[str, Any]) -> str:
    return hashlib.sha256(repr(raw).encode()).hexdigest()[:_WIDTH]


def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads((STARTER / name).read_text(encoding="utf-8"))
