"""What is wrong, or odd, in a survey before it is saved. Errors refuse it; remarks are only told."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from urllib.parse import urlsplit

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fairealliance.lib.french_numbers import format_number
from fairealliance.observatory import dates
from fairealliance.observatory.enums import ActorKind, Sign, Topic, Unit
from fairealliance.observatory.wave import QuestionData, ResultData, SeriesData, StudyData

_CODE = re.compile(r"[a-z0-9][a-z0-9-]*\Z")
_ROUNDING = Decimal("0.5")  # what rounding to whole points may add or take, per answer
_LENGTHS = {"title": 250, "programme": 120, "producer": 200, "institute": 200, "commissioner": 250, "population": 300}
_LENGTHS |= {"dates_told": 120, "report_url": 500, "licence": 120, "url": 1000, "passage": 300}
_RESULT_LENGTHS = {
    "answer": 300,
    "subgroup": 120,
    "told": 300,
    "differs": 300,
    "note": 300,
    "passage": 300,
    "url": 1000,
}
_SERIES_LENGTHS = {"slug": 80, "title": 250, "headline": 250}
_LARGEST = 2_000_000_000
_LAST_PLACE = 32_000


@dataclass(frozen=True, slots=True)
class Problem:
    """`where`: a line of the file or a row of the form, as its reader calls it."""

    where: str
    message: str
    is_error: bool = True


class Refused(ValueError):
    """A survey that cannot be saved: `problems` says why, in French."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(" ".join(problem.message for problem in problems if problem.is_error))
        self.problems = problems


def problems_of(study: StudyData) -> list[Problem]:
    """Errors first."""
    found = [*_of_study(study)]
    codes = Counter(question.code for question in study.questions)
    for question in study.questions:
        if codes[question.code] > 1:
            found.append(Problem(question.where, _("Deux questions ont le même code « %s ».") % question.code))
        found.extend(_of_question(question))
    return sorted(dict.fromkeys(found), key=lambda problem: not problem.is_error)


def series_problems(series: SeriesData) -> Iterator[Problem]:
    """What is wrong with its own words; its waves are looked at in the database."""
    if not series.title.strip() or not _CODE.match(series.slug):
        yield Problem("", _("Il manque le titre ou le code de la série (lettres sans accent, chiffres et tirets)."))
    yield from _too_long("", series, _SERIES_LENGTHS)
    if series.topic not in Topic.values:
        yield Problem("", _("« %s » n’est pas un thème connu.") % series.topic)
    if not 0 <= series.position <= _LAST_PLACE:
        yield Problem("", _("Le rang d’une série va de 0 à %d.") % _LAST_PLACE)


def refuse_errors(problems: list[Problem]) -> None:
    if any(problem.is_error for problem in problems):
        raise Refused(problems)


def _of_study(study: StudyData) -> Iterator[Problem]:
    where = study.where
    if not study.title.strip():
        yield Problem(where, _("Il manque le titre de l’étude."))
    if study.title.strip() or study.slug:  # the code of a survey that is typed comes from its title
        yield from _code(where, study.slug, _("le code de l’étude"))
    yield from _too_long(where, study, _LENGTHS)
    if not dates.in_order(study.started, study.ended):
        yield Problem(where, _("Le terrain se termine (%s) avant de commencer (%s).") % (study.ended, study.started))
    if study.sample_size is not None and not 0 < study.sample_size < _LARGEST:
        yield Problem(where, _("L’échantillon compte au moins une personne ; laissez vide s’il n’est pas connu."))
    if study.actor and study.actor not in ActorKind.values:
        yield Problem(where, _("« %s » n’est pas une sorte d’acteur connue.") % study.actor)
    for address in (study.report_url, study.url):
        yield from _address(where, address)
    if study.sample_size is None:
        yield Problem(
            where, _("La taille de l’échantillon n’est pas donnée : la page dira qu’elle n’est pas connue."), False
        )


def _of_question(question: QuestionData) -> Iterator[Problem]:
    where = question.where
    if not question.label.strip():
        yield Problem(where, _("Il manque le sujet de la question."))
    yield from _code(where, question.code, _("le code de la question"))
    if len(question.label) > 250 or len(question.base) > 300:
        yield Problem(where, _("Le sujet (250 signes) ou la base (300 signes) de la question est trop long."))
    if question.topic not in Topic.values:
        yield Problem(where, _("« %s » n’est pas un thème connu.") % question.topic)
    if question.unit not in Unit.values:
        yield Problem(where, _("« %s » n’est pas une unité connue : %% ou /10.") % question.unit)
        return
    if not question.wording.strip():
        yield Problem(where, _("La formulation exacte de « %s » n’est pas donnée.") % question.label, False)
    keys = Counter(result.key for result in question.results)
    for result in question.results:
        if keys[result.key] > 1:
            yield Problem(
                result.where, _("Le même chiffre (« %s ») est donné deux fois par la même source.") % result.answer
            )
        yield from _of_result(question, result)
    yield from _sums(question)


def _of_result(question: QuestionData, result: ResultData) -> Iterator[Problem]:
    where, most = result.where, Unit(question.unit).most
    if not result.answer.strip():
        yield Problem(where, _("Il manque la réponse à laquelle ce chiffre se rapporte."))
    if result.answer.strip() or result.code:
        yield from _code(where, result.code, _("le code de la réponse"))
    yield from _too_long(where, result, _RESULT_LENGTHS)
    yield from _address(where, result.url)
    if result.actor not in ActorKind.values:
        known = ", ".join(ActorKind.values)
        yield Problem(
            where,
            _("« %(actor)s » n’est pas une sorte d’acteur. Connues : %(known)s.")
            % {"actor": result.actor, "known": known},
        )
    if result.sign not in Sign.values:
        yield Problem(where, _("« %s » n’est pas un signe : =, <, > ou ~.") % result.sign)
    if result.share is not None and not 0 <= result.share <= most:
        words = {"share": _number(result.share), "most": most}
        yield Problem(where, _("%(share)s n’est pas possible : ce chiffre va de 0 à %(most)d.") % words)
    elif result.share is not None and result.share != round(result.share, 2):
        yield Problem(where, _("%s a plus de deux décimales.") % result.share)
    if result.secret and (result.share is not None or result.margin is not None):
        yield Problem(where, _("Un chiffre secret n’a ni part ni marge : effacez-les, ou dites-le public."))
    if result.n is not None and not 0 < result.n < _LARGEST:
        yield Problem(
            where, _("L’effectif interrogé compte au moins une personne ; laissez vide s’il n’est pas connu.")
        )
    if result.margin is not None and not 0 <= result.margin < most:
        yield Problem(where, _("La marge d’erreur %s n’est pas possible.") % _number(result.margin))
    if not result.source:
        yield Problem(where, _("« %s » n’a pas de source : un chiffre sans source ne vaut rien.") % result.answer)
    if result.part_of and result.part_of not in {other.code for other in question.results}:
        yield Problem(where, _("« dont » renvoie à une réponse « %s » qui n’existe pas.") % result.part_of)
    if result.part_of and result.part_of == result.code:
        yield Problem(where, _("Une réponse ne peut pas être une partie d’elle-même."))


def _sums(question: QuestionData) -> Iterator[Problem]:
    """Of answers to one question by the same people, told by one source. Answers that exclude each other make 100."""
    if question.unit != Unit.PERCENT:
        return
    groups: dict[tuple[str, ...], dict[str, list[ResultData]]] = defaultdict(lambda: defaultdict(list))
    for result in question.results:
        if result.share is not None:
            people = (result.actor, result.subgroup, result.territory, result.source)
            groups[people][result.part_of].append(result)
    for parts in groups.values():
        shares = {r.code: r.share for rows in parts.values() for r in rows if r.share is not None}
        for parent, rows in parts.items():
            whole = Decimal(100) if not parent else shares.get(parent)
            if whole is not None:
                yield from _sum(question, parent, rows, whole)


def _sum(question: QuestionData, parent: str, rows: list[ResultData], whole: Decimal) -> Iterator[Problem]:
    by_code = {row.code: row.share or Decimal(0) for row in rows}
    total, slack = sum(by_code.values(), Decimal(0)), max(Decimal(1), _ROUNDING * len(by_code))
    words = {"label": question.label, "total": _number(total), "whole": _number(whole)}
    where = _together(list(dict.fromkeys(row.where for row in rows if row.where)))
    if question.multiple:
        return
    if total > whole + slack:
        said = _(
            "Les réponses à « %(label)s » font %(total)s %%, plus que %(whole)s %%. "
            "Corrigez un chiffre, ou dites que plusieurs réponses étaient possibles."
        )
        yield Problem(where, said % words)
    elif not parent and total < whole - slack:
        count = len(by_code)
        told = ngettext(
            "La réponse donnée à « %(label)s » fait %(total)s %% : les autres réponses ne sont pas connues.",
            "Les réponses données à « %(label)s » font %(total)s %% : il en manque, ou un chiffre est faux.",
            count,
        )
        yield Problem(where, told % words, False)


def _together(places: list[str]) -> str:
    """`Question 1, réponse 2`, `Question 1, réponse 3` → `Question 1, réponses 2 et 3`."""
    parted = [place.rpartition(" ") for place in places]
    stems = {stem for stem, _space, _number in parted}
    if len(places) < 2 or len(stems) > 1 or not all(number.isdigit() for _stem, _space, number in parted):
        return ", ".join(places)
    numbers = [number for _stem, _space, number in parted]
    words = {"what": stems.pop(), "numbers": ", ".join(numbers[:-1]), "last": numbers[-1]}
    return _("%(what)ss %(numbers)s et %(last)s") % words


def _code(where: str, code: str, what: str) -> Iterator[Problem]:
    if not _CODE.match(code) or len(code) > 60:
        words = {"what": what, "code": code[:60]}
        yield Problem(
            where,
            _("« %(code)s » ne convient pas pour %(what)s : lettres sans accent, chiffres et tirets, 60 au plus.")
            % words,
        )


def _too_long(where: str, thing: StudyData | ResultData | SeriesData, lengths: dict[str, int]) -> Iterator[Problem]:
    for name, longest in lengths.items():
        if len(getattr(thing, name)) > longest:
            start = getattr(thing, name)[:40]
            yield Problem(
                where, _("« %(start)s… » est trop long : %(most)d signes au plus.") % {"start": start, "most": longest}
            )


def _address(where: str, address: str) -> Iterator[Problem]:
    try:
        parts = urlsplit(address)
        usable = not address or (parts.scheme in ("http", "https") and bool(parts.hostname))
    except ValueError:
        usable = False
    if not usable:
        yield Problem(where, _("« %s » n’est pas une adresse : elle commence par https://.") % address[:60])


def _number(value: Decimal) -> str:
    bare = value.normalize()
    return format_number(value, max(0, -int(bare.as_tuple().exponent)))


def told(problems: Iterable[Problem]) -> list[str]:
    """As lines for people who read a terminal."""
    return [f"{problem.where} : {problem.message}" if problem.where else problem.message for problem in problems]
