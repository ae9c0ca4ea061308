"""Weighted tables as a study of the observatory: what is secret is told to be, nobody's answers are kept."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import ROUND_UP, Decimal
from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fairealliance.accounts.actors import Actor
from fairealliance.accounts.permissions import require_hub_editor
from fairealliance.lib.french_numbers import format_number
from fairealliance.lib.slugs import slug
from fairealliance.observatory.actions import Saved, save_study
from fairealliance.observatory.enums import ActorKind, State
from fairealliance.observatory.microdata.codebook import (
    ACTOR,
    GROUP,
    QUESTION,
    STRATUM,
    TERRITORY,
    UNIT,
    WEIGHT,
    Codebook,
    Column,
    read_codebook,
)
from fairealliance.observatory.microdata.errors import Refused
from fairealliance.observatory.microdata.meanings import actor_of, territory_of
from fairealliance.observatory.microdata.reading import open_microdata
from fairealliance.observatory.microdata.respondents import Asked, read_respondents
from fairealliance.observatory.microdata.secrecy import DEFAULT_THRESHOLD
from fairealliance.observatory.microdata.tables import Cell, Tables, compute
from fairealliance.observatory.microdata.telling import METHOD, effect_words, interval
from fairealliance.observatory.wave import QuestionData, ResultData, SourceRef, StudyData

_TENTH = Decimal("0.1")  # of a point: finer than any survey's margin
_LONGEST_CODE = 60
_METHOD = f"{METHOD[0].upper()}{METHOD[1:]}"


@dataclass(frozen=True, slots=True)
class About:
    """What the file itself does not say. `actor` is who was asked, when no column tells it."""

    slug: str
    title: str
    actor: str = ""
    programme: str = ""
    producer: str = ""
    institute: str = ""
    commissioner: str = ""
    started: str = ""
    ended: str = ""
    population: str = ""
    report_url: str = ""
    licence: str = ""
    threshold: int = DEFAULT_THRESHOLD


@dataclass(frozen=True, slots=True)
class Files:
    """Where the two files lie for the time of the reading."""

    microdata: Path
    codebook: Path


@dataclass(frozen=True, slots=True)
class Filed:
    """The draft made, and what there is to say of the reading."""

    saved: Saved
    tables: Tables
    notes: tuple[str, ...] = field(default=())


def file_microdata(*, by: Actor, files: Files, about: About) -> Filed:
    """Computes the tables of all questions of the codebook and keeps them as a new study, a draft to be published.

    Raises Unreadable (files, weights, codes) or checks.Refused (the study itself), and then nothing is written.
    """
    require_hub_editor(by)
    codebook = read_codebook(files.codebook)
    tables = tables_of(files, codebook, about.threshold)
    source = SourceRef(
        slug=f"microdonnees-{about.slug}"[:80].rstrip("-"),
        label=f"{about.title} : réponses de l’enquête"[:200],
        url=about.report_url,
        producer=about.producer or about.institute,
        licence=about.licence,
    )
    data = study_of(tables, codebook, about, source.slug)
    saved = save_study(by=by, data=data, sources={source.slug: source}, expected=0, state=State.DRAFT)
    return Filed(saved, tables, tables.notes)


def tables_of(files: Files, codebook: Codebook, threshold: int) -> Tables:
    """All questions of the codebook, by actor, territory and group together."""
    weight = codebook.one(WEIGHT)
    if weight is None:
        raise Refused(_("Le dictionnaire ne dit pas quelle colonne est le poids : donnez-lui le rôle « poids »."))
    questions = dict.fromkeys(column.question or column.name for column in codebook.with_role(QUESTION))
    if not questions:
        raise Refused(_("Le dictionnaire ne décrit aucune question : donnez à leurs colonnes le rôle « question »."))
    crossed = [*filter(None, (codebook.one(ACTOR), codebook.one(TERRITORY))), *codebook.with_role(GROUP)]
    stratum, unit = codebook.one(STRATUM), codebook.one(UNIT)
    asked = Asked(
        weight=weight.name,
        questions=tuple(questions),
        by=tuple(column.name for column in crossed),
        stratum=stratum.name if stratum else "",
        unit=unit.name if unit else "",
    )
    return compute(read_respondents(open_microdata(files.microdata), codebook, asked), threshold)


def study_of(tables: Tables, codebook: Codebook, about: About, source: str) -> StudyData:
    """The study, its questions, and a result for each cell of known actor, territory and group."""
    results: dict[str, list[ResultData]] = {}
    codes = _answer_codes(tables)
    people = _People.of(codebook, about)
    for cell in _published(tables, people):
        results.setdefault(cell.question, []).append(_result(cell, codes, people, source))
    names = _unique([asked.question for asked in tables.questions()], "question")
    return StudyData(
        slug=about.slug,
        title=about.title,
        programme=about.programme,
        producer=about.producer,
        institute=about.institute,
        commissioner=about.commissioner,
        actor=about.actor,
        started=about.started,
        ended=about.ended,
        population=about.population,
        method=f"{_METHOD} ; {effect_words(tables)}. Moins de {tables.threshold} répondants : secret.",
        sample_size=tables.respondents if tables.respondents >= tables.threshold else None,
        report_url=about.report_url,
        licence=about.licence,
        source=source,
        questions=tuple(
            QuestionData(
                code=names[asked.question],
                label=asked.label[:250],
                wording=asked.label if asked.label != asked.question else "",
                base=_base(asked.answered, asked.missing),
                multiple=asked.multiple,
                results=tuple(results.get(asked.question, ())),
            )
            for asked in tables.questions()
        ),
    )


def _published(tables: Tables, people: "_People") -> Iterator[Cell]:
    """A group nobody is in has no result; one whose code is not known, or of several kinds of actors, has no name."""
    for cell in _all(tables):
        if cell.n != 0 and None not in cell.by.values() and people.has_actor(cell):
            yield cell


def _all(tables: Tables) -> Iterator[Cell]:
    if tables.dimensions:
        yield from tables.totals()
    yield from tables.cells()


def _result(cell: Cell, codes: dict[tuple[str, str], str], people: "_People", source: str) -> ResultData:
    actor, territory, subgroup = people.who(cell)
    return ResultData(
        answer=cell.label[:300],
        code=codes[cell.question, cell.answer],
        actor=actor,
        territory=territory,
        subgroup=subgroup[:120],
        share=None if cell.share is None else Decimal(cell.share * 100).quantize(_TENTH),
        secret=cell.suppressed,
        n=cell.n,
        margin=_margin(cell),
        note=_note(cell),
        source=source,
        where=cell.question,
    )


@dataclass(frozen=True, slots=True)
class _People:
    """Who stands behind the codes of the columns crossed. `asked`: the one kind of actor, when no column tells it."""

    codebook: Codebook
    asked: str
    column: Column | None
    shared: frozenset[str]  # kinds of actor that several codes are: their label tells them apart

    @classmethod
    def of(cls, codebook: Codebook, about: About) -> "_People":
        column = codebook.one(ACTOR)
        if column is None and about.actor not in ActorKind.values:
            raise Refused(_("Dites qui a été interrogé : le dictionnaire n’a pas de colonne au rôle « acteur »."))
        told = [code for code in column.codes if code not in column.missing] if column else []
        if column and not told:
            raise Refused(
                _("Le dictionnaire ne donne pas les codes de la colonne « %(name)s » (rôle acteur).")
                % {"name": column.name}
            )
        kinds = [actor_of(column, code).value for code in told] if column else []
        return cls(codebook, about.actor, column, frozenset(kind for kind in kinds if kinds.count(kind) > 1))

    def has_actor(self, cell: Cell) -> bool:
        return self.column is None or self.column.name in cell.by

    def who(self, cell: Cell) -> tuple[str, str, str]:
        """(kind of actor, territory ref, subgroup)."""
        actor, territory, groups = self.asked, "", []
        for name, code in cell.by.items():
            column, code = self.codebook.columns[name], code or ""
            label = column.codes.get(code, code)
            if column.role == TERRITORY:
                territory = territory_of(column, code)
            elif column.role == GROUP:
                groups.append(f"{column.told} : {label}")
            else:
                actor = actor_of(column, code).value
                groups += [label] if actor in self.shared else []
        return actor, territory, " · ".join(groups)


def _margin(cell: Cell) -> Decimal | None:
    """The wider side of the interval, in points, rounded up: the interval itself is told beside."""
    if cell.share is None or cell.low is None or cell.high is None or cell.share in (0, 1):
        return None
    return Decimal(max(cell.share - cell.low, cell.high - cell.share) * 100).quantize(_TENTH, ROUND_UP)


def _note(cell: Cell) -> str:
    """What we computed, which no source says."""
    if cell.suppressed or cell.effective_n is None:
        return ""
    known = interval(cell)
    said = "" if known == "—" else f"intervalle à 95 % : {known} ; "
    return f"{said}effectif efficace : {format_number(cell.effective_n)}"


def _base(answered: int | None, missing: int | None) -> str:
    if answered is None or missing is None:
        return ""
    silent = f" ; sans réponse, hors base : {format_number(missing)}" if missing else ""
    told = ngettext(
        "%(answered)s personne qui a répondu%(silent)s", "%(answered)s personnes qui ont répondu%(silent)s", answered
    )
    return told % {"answered": format_number(answered), "silent": silent}


def _answer_codes(tables: Tables) -> dict[tuple[str, str], str]:
    """Codes of a survey as the observatory writes them: small letters, digits, hyphens."""
    found: dict[tuple[str, str], str] = {}
    for asked in tables.questions():
        items = [result.item for result in tables.results if result.item.question == asked.question]
        answers = [code for item in items for code in item.codes]
        found.update({(asked.question, code): made for code, made in _unique(answers, "reponse").items()})
    return found


def _unique(names: list[str], otherwise: str) -> dict[str, str]:
    made: dict[str, str] = {}
    for name in names:
        bare = slug(name)[: _LONGEST_CODE - 4].strip("-") or otherwise
        code, again = bare, 1
        while code in made.values():
            again += 1
            code = f"{bare}-{again}"
        made[name] = code
    return made
