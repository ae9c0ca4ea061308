"""Lines that tell a date: editions of a measure, reports and their corrections. Published, they are never altered."""

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from fairealliance.roadmap.actions import publishing
from fairealliance.roadmap.actions.keeping import CREATED, UNCHANGED
from fairealliance.roadmap.actions.refusals import Refused
from fairealliance.roadmap.exchange import cells
from fairealliance.roadmap.exchange.layout import Line
from fairealliance.roadmap.exchange.world import World
from fairealliance.roadmap.models import MeasureReport, Reading
from fairealliance.roadmap.models.measures import WORDING
from fairealliance.roadmap.models.reports import Dated

_WORDING_COLUMNS = ("titre", "texte", "modalites", "resultats_attendus")
_OTHERWISE = "déjà publié autrement à cette date : une correction est une nouvelle version, avec son motif"


def place(line: Line) -> tuple[str, int]:
    """What comes first is read first: by date, then by version. A date that is none is refused later."""
    try:
        day = cells.day(line, "date")
        return (day.isoformat() if day else "", cells.whole(line, "version") or 1)
    except Refused:
        return ("", 0)


def known_edition(line: Line, world: World, number: int) -> str | None:
    """UNCHANGED for an edition we have, None when it is to be written. Refused when it tells it otherwise."""
    version = cells.whole(line, "version")
    measure = world.held.measures.filter(number=number).first()
    if version is None or measure is None:
        if version and version > 1:
            raise Refused(_("la version %d arrive sans celles d’avant") % version)
        return None
    edition = measure.editions.filter(number=version).first()
    if edition is None:
        if version != measure.edition + 1:
            raise Refused(_("la version %d arrive sans celles d’avant") % version)
        return None
    said: dict[str, Any] = dict(zip(WORDING, (cells.text(line, each) for each in _WORDING_COLUMNS), strict=False))
    said |= {"delay_min": cells.whole(line, "delai_min"), "delay_max": cells.whole(line, "delai_max")}
    parts = (cells.whole(line, "dimension"), cells.whole(line, "chantier"))
    if {name: edition.wording[name] for name in WORDING} != said or (edition.dimension, edition.workstream) != parts:
        raise Refused(
            _("la version %d de cette mesure est déjà publiée autrement : écrivez une version de plus") % version
        )
    return UNCHANGED


def load_report(line: Line, world: World) -> str:
    measure = world.measure(cells.number(line, "mesure"))
    dated_on, version = cells.needed_day(line, "date"), cells.whole(line, "version") or 1
    told: dict[str, Any] = {
        "text": cells.text(line, "texte"),
        "reason": cells.text(line, "motif"),
        "result": cells.result(line),
        "next_steps": cells.text(line, "suite"),
        "author": cells.text(line, "auteur"),
    }
    held = list(measure.reports.filter(dated_on=dated_on))
    if _known(held, version, told):
        return UNCHANGED
    publishing.publish_measure_report(
        by=world.by,
        measure=measure,
        dated_on=dated_on,
        issued_on=cells.day(line, "date_version"),
        readings=_readings(world, (measure.number, dated_on, version)),
        **told,
    )
    world.made.add((measure.number, dated_on, version))
    return CREATED


def _readings(world: World, key: tuple[Any, ...]) -> dict[str, Decimal]:
    """What the file's readings tell of that report. A reading that cannot be is refused at its own line."""
    measure = world.measure(key[0])
    known = set(measure.indicators.filter(removed_on=None).values_list("code", flat=True))
    told: dict[str, Decimal] = {}
    for each in world.readings.get(key, ()):
        try:
            value = cells.decimal(each, "valeur")
        except Refused:
            continue
        if each["numero"] in known and value is not None:
            told[each["numero"]] = value
    return told


def place_of_reading(line: Line) -> tuple[Any, ...] | None:
    """The report (measure, date, version) that a line of reading is of; None when it says none that can be."""
    try:
        return cells.number(line, "mesure"), cells.needed_day(line, "date"), cells.whole(line, "version") or 1
    except Refused:
        return None


def load_reading(line: Line, world: World) -> str:
    measure = world.measure(cells.number(line, "mesure"))
    dated_on, version = cells.needed_day(line, "date"), cells.whole(line, "version") or 1
    indicator = measure.indicators.filter(code=cells.slug(line), removed_on=None).first()
    if indicator is None:
        raise Refused(_("la mesure n’a pas d’indicateur « %s »") % line["numero"][:60])
    value = cells.decimal(line, "valeur")
    assert value is not None  # the layout says it must be filled
    known = Reading.objects.filter(
        report__measure=measure, report__dated_on=dated_on, report__version=version, indicator=indicator
    ).first()
    if known is None and not MeasureReport.objects.filter(measure=measure, dated_on=dated_on, version=version).exists():
        raise Refused(_("il n’y a pas de bilan de cette mesure à cette date et sous cette version"))
    if known is None or known.value != value:
        raise Refused(_(_OTHERWISE))
    return CREATED if (measure.number, dated_on, version) in world.made else UNCHANGED


def load_workstream_report(line: Line, world: World) -> str:
    workstream = world.workstream(cells.number(line, "chantier"))
    dated_on, version = cells.needed_day(line, "date"), cells.whole(line, "version") or 1
    told = {"text": cells.text(line, "texte"), "reason": cells.text(line, "motif")}
    if _known(list(workstream.reports.filter(dated_on=dated_on)), version, told):
        return UNCHANGED
    issued_on = cells.day(line, "date_version")
    publishing.publish_workstream_report(
        by=world.by, workstream=workstream, dated_on=dated_on, issued_on=issued_on, **told
    )
    return CREATED


def load_progress_report(line: Line, world: World) -> str:
    dated_on, version = cells.needed_day(line, "date"), cells.whole(line, "version") or 1
    told = {
        "text": cells.text(line, "texte"),
        "reason": cells.text(line, "motif"),
        "title": cells.text(line, "titre"),
    }
    if _known(list(world.held.progress_reports.filter(dated_on=dated_on)), version, told):
        return UNCHANGED
    issued_on = cells.day(line, "date_version")
    publishing.issue_progress_report(by=world.by, programme=world.held, dated_on=dated_on, issued_on=issued_on, **told)
    return CREATED


def _known(held: list[Any], version: int, told: dict[str, str]) -> bool:
    """Whether that version is there and says the same. Refused when it says something else, or comes too soon."""
    found: Dated | None = next((each for each in held if each.version == version), None)
    if found is not None:
        if any(getattr(found, name) != value for name, value in told.items()):
            raise Refused(_(_OTHERWISE))
        return True
    if version != len(held) + 1:
        raise Refused(_("la version %d arrive sans celles d’avant") % version)
    if (version > 1) != bool(told["reason"]):
        raise Refused(_("une correction (version 2 et suivantes) dit son motif, un premier bilan n’en a pas"))
    return False
