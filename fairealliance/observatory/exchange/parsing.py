"""From rows to surveys: each row tells one figure, with its study and its question."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from fairealliance.lib.french_numbers import parse_decimal
from fairealliance.lib.slugs import slug
from fairealliance.observatory import dates
from fairealliance.observatory.checks import Problem
from fairealliance.observatory.enums import State
from fairealliance.observatory.exchange.layout import ACTORS, BREAKS, SECRET, SIGNS, STATES, TOPICS, UNITS, code_of
from fairealliance.observatory.exchange.series import SERIES, SeriesTold, WaveTold
from fairealliance.observatory.exchange.sheet import Sheet, line
from fairealliance.observatory.wave import PointData, QuestionData, ResultData, SourceRef, StudyData

Row = dict[str, str]
T = TypeVar("T")
_STUDY: tuple[str, ...] = (
    "titre",
    "programme",
    "producteur",
    "institut",
    "commanditaire",
    "acteur_etude",
    "debut",
    "fin",
)
_STUDY += ("dates_dites", "population", "methode", "echantillon", "rapport", "licence", "note", "source_etude")
_STUDY += ("source_etude_page", "source_etude_passage", "etat")
_QUESTION = ("sujet", "formulation", "base", "theme", "unite", "plusieurs_reponses")
_CODE = 60


@dataclass(slots=True)
class Parsed:
    """Surveys of the file, by code, the sources it names, and what cannot be read. Unsaid theme and unit are ""."""

    studies: dict[str, StudyData] = field(default_factory=dict)
    series: list[SeriesTold] = field(default_factory=list)
    sources: dict[str, SourceRef] = field(default_factory=dict)
    states: dict[str, State] = field(default_factory=dict)  # of those whose state the file says
    problems: list[Problem] = field(default_factory=list)


def parse(sheet: Sheet) -> Parsed:
    return _Parser(sheet).run()


class _Parser:
    """Keeps, for each study and question, the first line that tells each of its facts: others may repeat it."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._parsed = Parsed(problems=list(sheet.problems))
        self._facts: dict[tuple[str, ...], dict[str, tuple[str, int]]] = {}
        self._questions: dict[tuple[str, str], list[ResultData]] = {}
        self._series: dict[str, dict[str, tuple[str, int]]] = {}
        self._waves: dict[str, list[WaveTold]] = {}
        self._number = 0

    def run(self) -> Parsed:
        for number, row in self._sheet.rows:
            self._number = number
            self._row(row)
        for (study,), facts in [(key, facts) for key, facts in self._facts.items() if len(key) == 1]:
            self._parsed.studies[study] = self._study(study, facts)
            if state := self._code(STATES, self._at(facts, "etat"), _("un état")):
                self._parsed.states[study] = State(state)
        self._parsed.series = [self._one_series(code, facts) for code, facts in self._series.items()]
        return self._parsed

    def _row(self, row: Row) -> None:
        study = row["etude"] or slug(row["titre"])[:_CODE].strip("-")
        if not study:
            self._wrong(_("On ne sait pas de quelle étude il s’agit : remplissez « etude » ou « titre »."))
            return
        if self._wave(row, study) and not any(row[name] for name in ("titre", "sujet", "reponse", "part")):
            return
        self._gather(self._facts.setdefault((study,), self._start()), row, _STUDY)
        self._source(row, "source_etude")
        if not row["sujet"] and not row["question"]:
            return
        question = row["question"] or slug(row["sujet"])[:_CODE].strip("-")
        self._gather(self._facts.setdefault((study, question), self._start()), row, _QUESTION)
        results = self._questions.setdefault((study, question), [])
        if row["reponse"] or row["part"]:
            results.append(self._result(row))

    def _wave(self, row: Row, study: str) -> bool:
        """Whether the row tells of which series its answer is a wave. A series may have no other row than these."""
        code = row["serie"] or slug(row["serie_titre"])[:80].strip("-")
        if not code:
            return False
        self._gather(self._series.setdefault(code, self._start()), row, SERIES)
        point = PointData(
            study=study,
            question=row["question"] or slug(row["sujet"])[:_CODE].strip("-"),
            code=row["reponse_code"] or slug(row["reponse"])[:_CODE].strip("-"),
            breaks=tuple(self._code(BREAKS, kind, _("une rupture")) for kind in _listed(row["rupture"])),
            words=row["rupture_mots"],
        )
        told = self._waves.setdefault(code, [])
        if point.key not in {wave.point.key for wave in told}:  # two sources may tell one answer
            told.append(WaveTold(point, self._whole(row["vague"]), line(self._number)))
        return True

    def _start(self) -> dict[str, tuple[str, int]]:
        return {"": ("", self._number)}

    def _gather(self, facts: dict[str, tuple[str, int]], row: Row, names: tuple[str, ...]) -> None:
        for name in names:
            value = row["source_etude"] or slug(row["source_etude_nom"]) if name == "source_etude" else row[name]
            if value and name in facts and facts[name][0] != value:
                words = {"name": name, "line": facts[name][1]}
                self._wrong(_("« %(name)s » n’est pas le même qu’à la ligne %(line)d.") % words)
            elif value:
                facts.setdefault(name, (value, self._number))

    def _source(self, row: Row, prefix: str) -> str:
        label = row[f"{prefix}_nom"]
        code = row[prefix] or slug(label)[:80]
        if code and (label or code not in self._parsed.sources):
            known = self._parsed.sources.get(code)
            if known is None or not known.label:
                self._parsed.sources[code] = SourceRef(code, label, row[f"{prefix}_site"])
        return code

    def _study(self, code: str, facts: dict[str, tuple[str, int]]) -> StudyData:
        def told(name: str) -> str:
            return self._at(facts, name)

        questions = [key[1] for key in self._facts if len(key) == 2 and key[0] == code]
        return StudyData(
            slug=code,
            title=told("titre"),
            programme=told("programme"),
            producer=told("producteur"),
            institute=told("institut"),
            commissioner=told("commanditaire"),
            actor=self._code(ACTORS, told("acteur_etude"), _("une sorte d’acteur")),
            started=self._read(dates.parse, told("debut")) or "",
            ended=self._read(dates.parse, told("fin")) or "",
            dates_told=told("dates_dites"),
            population=told("population"),
            method=told("methode"),
            sample_size=self._whole(told("echantillon")),
            report_url=told("rapport"),
            licence=told("licence"),
            note=told("note"),
            source=told("source_etude"),
            url=told("source_etude_page"),
            passage=told("source_etude_passage"),
            questions=tuple(self._question(code, question) for question in questions),
            where=line(facts[""][1]),
        )

    def _question(self, study: str, code: str) -> QuestionData:
        facts = self._facts[study, code]
        return QuestionData(
            code=code,
            label=self._at(facts, "sujet"),
            wording=self._at(facts, "formulation"),
            base=self._at(facts, "base"),
            topic=self._code(TOPICS, self._at(facts, "theme"), _("un thème")),
            unit=self._code(UNITS, self._at(facts, "unite"), _("une unité")),
            multiple=self._yes(self._at(facts, "plusieurs_reponses")),
            results=tuple(self._questions.get((study, code), ())),
            where=line(facts[""][1]),
        )

    def _one_series(self, code: str, facts: dict[str, tuple[str, int]]) -> SeriesTold:
        return SeriesTold(
            slug=code,
            title=self._at(facts, "serie_titre"),
            headline=self._at(facts, "serie_phrase"),
            note=self._at(facts, "serie_note"),
            topic=self._code(TOPICS, self._at(facts, "serie_theme"), _("un thème")),
            position=self._whole(self._at(facts, "serie_rang")),
            waves=tuple(self._waves[code]),
            where=line(facts[""][1]),
        )

    def _result(self, row: Row) -> ResultData:
        is_secret = row["signe"].lower() == SECRET
        return ResultData(
            answer=row["reponse"],
            code=row["reponse_code"] or slug(row["reponse"])[:_CODE].strip("-"),
            actor=self._code(ACTORS, row["acteur"] or row["acteur_etude"], _("une sorte d’acteur")),
            share=self._read(_share, row["part"]),
            sign=self._code(SIGNS, "" if is_secret else row["signe"], _("un signe")),
            secret=is_secret,
            part_of=row["dont"],
            subgroup=row["sous_groupe"],
            territory=row["territoire"],
            n=self._whole(row["effectif"]),
            margin=self._read(parse_decimal, row["marge"]),
            told=row["dit"],
            differs=row["ecart"],
            note=row["note_chiffre"],
            source=self._source(row, "source"),
            url=row["source_page"],
            passage=row["passage"],
            where=line(self._number),
        )

    def _at(self, facts: dict[str, tuple[str, int]], name: str) -> str:
        """The value, problems being told of the line it stands on."""
        value, self._number = facts.get(name, ("", self._number))
        return value

    def _code(self, words: Any, cell: str, what: str) -> str:
        if not cell and "" not in words:
            return ""
        code = code_of(words, cell)
        if code is None:
            known = ", ".join(word for word in words if word)
            told = {"cell": cell[:60], "what": what, "known": known}
            self._wrong(_("« %(cell)s » n’est pas %(what)s. Connus : %(known)s.") % told)
        return code or ""

    def _yes(self, cell: str) -> bool | None:
        if not cell:
            return None
        if cell.lower() not in ("oui", "non", "1", "0", "vrai", "faux"):
            self._wrong(_("« %s » : écrivez oui ou non.") % cell[:40])
        return cell.lower() in ("oui", "1", "vrai")

    def _whole(self, cell: str) -> int | None:
        number = self._read(parse_decimal, cell)
        if number is not None and number != int(number):
            self._wrong(_("« %s » n’est pas un nombre entier.") % cell)
            return None
        return None if number is None else int(number)

    def _read(self, reader: Callable[[str], T], cell: str) -> T | None:
        if not cell:
            return None
        try:
            return reader(cell)
        except ValueError as error:
            self._wrong(f"{error}.".replace("..", "."))
            return None

    def _wrong(self, message: str) -> None:
        self._parsed.problems.append(Problem(line(self._number), message))


def _listed(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(",") if part.strip()]


def _share(cell: str) -> Decimal:
    return parse_decimal(cell.replace("%", "").strip())


def completed(study: StudyData) -> StudyData:
    """What nobody said, neither the file nor what was there: another subject, in percent, one answer each."""
    questions = tuple(
        replace(q, topic=q.topic or "other", unit=q.unit or "%", multiple=bool(q.multiple)) for q in study.questions
    )
    return replace(study, questions=questions)
