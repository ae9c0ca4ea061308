"""The whole wave in one form: read from what was posted or from a study, turned into plain data to check and save."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _

from fairealliance.lib.french_numbers import small_whole
from fairealliance.lib.slugs import slug
from fairealliance.observatory.checks import Problem, problems_of
from fairealliance.observatory.models import Study
from fairealliance.observatory.reading import study_data
from fairealliance.observatory.reads import series_choices
from fairealliance.observatory.wave import QuestionData, ResultData, SourceRef, StudyData
from fairealliance.provenance.models import Source
from fairealliance.staff.observatory.enrolling import breaks_unsaid
from fairealliance.staff.observatory.forms import QuestionForm, ResultForm, StudyForm

FIRST_ROWS = 4
MORE_ROWS = 3
MOST_QUESTIONS = 60
MOST_ROWS = 400  # of all questions together: about 15 fields each, of the 10,000 a request may have
MOST_FIGURES = 200  # a survey with more is corrected by file; the form has its own sheet only
_CODE = 60


@dataclass(slots=True)
class Asked:
    """A question of the form with its rows. `index` names it in the form; `already` are the series it stands in."""

    index: int
    form: QuestionForm
    rows: list[ResultForm]
    already: list[str]


class WaveForm:
    """`data` is what was posted; without it the form shows `study`, or an empty wave.

    A study of too many figures for one screen keeps its questions as they are: only its own sheet is shown.
    """

    def __init__(self, data: QueryDict | None = None, study: Study | None = None) -> None:
        self.known = study
        self.kept = _too_long(study) if study else ()
        self.full = ""
        self._series = [("", _("aucune")), *series_choices()]
        self._labels = dict(Source.objects.values_list("slug", "label"))
        shown = _initial(study, self._labels) if data is None and study else {}
        self.study = StudyForm(data, prefix="s", initial=shown)
        self.questions = self._questions(data, shown)

    @property
    def source_labels(self) -> list[str]:
        return sorted(set(self._labels.values()))

    @property
    def version(self) -> int:
        """That of the study when the form was opened; 0 for a new one."""
        return small_whole(str(self.study["version"].value() or ""))

    def add(self, wanted: str) -> None:
        """More room: `question`, or `rows-<index>`."""
        rows = sum(len(asked.rows) for asked in self.questions)
        if rows + FIRST_ROWS > MOST_ROWS or (wanted == "question" and len(self.questions) >= MOST_QUESTIONS):
            self.full = _too_much()
            return
        if wanted == "question":
            self.questions.append(self._question(None, len(self.questions), {}, FIRST_ROWS))
        for asked in self.questions:
            if wanted == f"rows-{asked.index}":
                start = len(asked.rows)
                numbers = range(start, start + MORE_ROWS)
                asked.rows.extend(ResultForm(prefix=f"q{asked.index}r{number}") for number in numbers)

    def problems(self) -> list[Problem]:
        """Errors of typing first, then what the survey lacks. Each says where."""
        if self.full:
            return [Problem("", self.full)]
        found = list(self._typing())
        if not found:
            wave = self.wave()
            found = [*problems_of(wave), *breaks_unsaid(wave.slug, wave.questions, self.wanted_series())]
        return found

    def wave(self) -> StudyData:
        own = _cleaned(self.study)
        own.pop("version", None)
        own["source"] = self._source_slug(own["source"])
        own["slug"] = self.known.slug if self.known else _free(_new_slug(own))
        questions = tuple(self._asked(asked, own) for asked in self.questions if not _is_blank(asked))
        return StudyData(**own, questions=self.kept or questions)

    def sources(self) -> dict[str, SourceRef]:
        """Those named in the form, for `save_study` to make the new ones."""
        named = [_cleaned(self.study), *(_cleaned(row) for asked in self.questions for row in asked.rows)]
        refs = (SourceRef(self._source_slug(each["source"]), each["source"], each["url"]) for each in named)
        return {ref.slug: ref for ref in reversed(list(refs)) if ref.slug}

    def wanted_series(self) -> Iterator[tuple[str, str, str, str, str]]:
        """Series, question, answer, kind of break and its words, for each question to be added to one."""
        if self.kept:
            return
        for asked, question in zip([a for a in self.questions if not _is_blank(a)], self.wave().questions, strict=True):
            told = _cleaned(asked.form)
            first = next((result.code for result in question.results if not result.part_of), "")
            if told["series"] and first:
                yield told["series"], question.code, first, told["break_kind"], told["break_words"]

    def _questions(self, data: QueryDict | None, shown: Mapping[str, Any]) -> list[Asked]:
        told = shown.get("questions", [])
        if self.kept:
            return []
        if data is None:
            count = max(1, len(told))
            return [self._question(None, n, told[n] if n < len(told) else {}, FIRST_ROWS) for n in range(count)]
        rows = [_count(data, f"q{n}-rows") for n in range(max(_count(data, "questions"), 1))]
        if len(rows) > MOST_QUESTIONS or sum(rows) > MOST_ROWS:
            self.full = _too_much()
            return []
        return [self._question(data, n, {}, count) for n, count in enumerate(rows)]

    def _question(self, data: QueryDict | None, index: int, told: Mapping[str, Any], rows: int) -> Asked:
        form = QuestionForm(data, prefix=f"q{index}", initial=dict(told))
        field = form.fields["series"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = self._series
        results = told.get("results", [])
        forms_ = [
            ResultForm(data, prefix=f"q{index}r{n}", initial=results[n] if n < len(results) else {})
            for n in range(max(rows, len(results) + (1 if results else 0)))
        ]
        return Asked(index, form, forms_, self._already(str(form["code"].value() or "")))

    def _already(self, code: str) -> list[str]:
        if self.known is None or not code:
            return []
        points = [p for q in self.known.questions.all() if q.code == code for p in q.series_points.all()]
        return [point.series.title for point in points]

    def _typing(self) -> Iterator[Problem]:
        yield from _errors(_("Étude"), self.study)
        for asked in self.questions:
            where = _("Question %d") % (asked.index + 1)
            yield from _errors(where, asked.form)
            for number, row in enumerate(asked.rows, start=1):
                yield from _errors(_("%(where)s, réponse %(n)d") % {"where": where, "n": number}, row)

    def _asked(self, asked: Asked, study: Mapping[str, Any]) -> QuestionData:
        told = _cleaned(asked.form)
        where = _("Question %d") % (asked.index + 1)
        codes = {_cleaned(row)["answer"]: _code(row) for row in asked.rows}
        rows = [(number, row) for number, row in enumerate(asked.rows, start=1) if not row.is_blank]
        return QuestionData(
            code=told["code"] or slug(told["label"])[:_CODE].strip("-") or f"question-{asked.index + 1}",
            label=told["label"],
            wording=told["wording"],
            base=told["base"],
            topic=told["topic"] or "other",
            unit=told["unit"] or "%",
            multiple=told["multiple"],
            results=tuple(
                self._result(row, study, codes, _("%(where)s, réponse %(n)d") % {"where": where, "n": number})
                for number, row in rows
            ),
            where=where,
        )

    def _result(self, row: ResultForm, study: Mapping[str, Any], codes: Mapping[str, str], where: str) -> ResultData:
        told = _cleaned(row)
        own = bool(told["source"])
        parent = told["part_of"]
        return ResultData(
            **{
                **told,
                "code": _code(row),
                "actor": told["actor"] or study["actor"],
                "sign": told["sign"] or "=",
                "part_of": codes.get(parent, slug(parent)[:_CODE].strip("-")),
                "source": self._source_slug(told["source"]) or study["source"],
                "url": told["url"] or ("" if own else study["url"]),
                "passage": told["passage"] or ("" if own else study["passage"]),
            },
            where=where,
        )

    def _source_slug(self, label: str) -> str:
        bare = label.strip()
        return next((code for code, known in self._labels.items() if known == bare), slug(bare)[:80].strip("-"))


def _too_long(study: Study) -> tuple[QuestionData, ...]:
    """Its questions when there is no room for them in a form."""
    questions = study_data(study).questions
    figures = sum(len(question.results) for question in questions)
    return questions if figures > MOST_FIGURES or len(questions) > MOST_QUESTIONS else ()


def _too_much() -> str:
    words = {"rows": MOST_ROWS, "questions": MOST_QUESTIONS}
    told = _(
        "Cet écran tient %(rows)d lignes de réponses et %(questions)d questions. Au-delà, rien n’est enregistré "
        "ni coupé : enregistrez d’abord ce qui est saisi, puis importez le reste par un fichier."
    )
    return told % words


def _initial(study: Study, labels: Mapping[str, str]) -> dict[str, Any]:
    data = study_data(study)
    shown = asdict(data) | {"version": study.version, "source": labels.get(data.source, "")}
    for question in shown["questions"]:
        answers = {result["code"]: result["answer"] for result in question["results"]}
        for result in question["results"]:
            same = result["source"] == data.source
            result["source"] = "" if same else labels.get(result["source"], "")
            result["part_of"] = answers.get(result["part_of"], "")
            result["actor"] = "" if result["actor"] == data.actor else result["actor"]
            for name in ("url", "passage"):
                result[name] = "" if same and result[name] == getattr(data, name) else result[name]
    return shown


def _cleaned(form: forms.Form) -> dict[str, Any]:
    """What could be read; what could not is as if it was not written, and is told by `problems`."""
    form.is_valid()
    return {name: form.cleaned_data.get(name) if name in form.cleaned_data else "" for name in form.fields}


def _errors(where: str, form: forms.Form) -> Iterator[Problem]:
    for name, messages in form.errors.items():
        label = form.fields[name].label if name in form.fields else ""
        for message in messages:
            yield Problem(f"{where}, {label}" if label else where, str(message))


def _code(row: ResultForm) -> str:
    told = _cleaned(row)
    return str(told["code"] or slug(told["answer"])[:_CODE].strip("-"))


def _is_blank(asked: Asked) -> bool:
    told = _cleaned(asked.form)
    return not (told["label"] or told["wording"]) and all(row.is_blank for row in asked.rows)


def _new_slug(own: Mapping[str, Any]) -> str:
    year = (own["ended"] or own["started"])[:4]
    words = slug(own["title"])[: _CODE - 5].strip("-")
    return words if not year or year in words else f"{words}-{year}"


def _free(wanted: str) -> str:
    """Another wave of the same year bears the name already: this one is the second, the third…"""
    taken = set(Study.objects.filter(slug__startswith=wanted).values_list("slug", flat=True)) if wanted else set()
    names = [wanted, *(f"{wanted}-{number}" for number in range(2, len(taken) + 3))]
    return next(name for name in names if name not in taken)


def _count(data: QueryDict, name: str) -> int:
    raw = data.get(name, "")
    return int(raw) if raw.isdecimal() and len(raw) < 5 else 0
