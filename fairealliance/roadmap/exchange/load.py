"""Lines into the database: all of them, or none."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from fairealliance.accounts.actors import Actor
from fairealliance.accounts.permissions import require_hub_editor
from fairealliance.roadmap.actions import measures, programmes
from fairealliance.roadmap.actions.refusals import Refused
from fairealliance.roadmap.exchange import cells, dated, references
from fairealliance.roadmap.exchange.layout import ORDER, Line
from fairealliance.roadmap.exchange.reading import Reject, read
from fairealliance.roadmap.exchange.world import World

Outcome = str


@dataclass
class Loaded:
    """What became of a file. Anything rejected means that nothing was written."""

    programme: str = ""
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: list[Reject] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        return {
            "programme": self.programme,
            "created": self.created,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "rejected": [{"line": each.line, "message": each.message} for each in self.rejected],
        }

    def count(self, outcome: Outcome) -> None:
        setattr(self, outcome, getattr(self, outcome) + 1)


def load_file(*, by: Actor, path: Path, dry_run: bool = False) -> Loaded:
    """Reads `path` in. Raises Unreadable, in French, when it is no roadmap at all."""
    lines, rejects = read(path)
    return load_lines(by=by, lines=lines, rejects=rejects, dry_run=dry_run)


def load_lines(*, by: Actor, lines: Iterable[Line], rejects: Iterable[Reject] = (), dry_run: bool = False) -> Loaded:
    """Every line through the room's own actions, in one transaction that ends only if all of them may."""
    require_hub_editor(by)
    loaded = Loaded(rejected=list(rejects))
    world = World(by)
    with transaction.atomic():
        ordered = _in_order(lines, world, loaded)
        for line in ordered:
            if line["ligne"].lower() == "releve" and (place := dated.place_of_reading(line)):
                world.readings.setdefault(place, []).append(line)
        for line in ordered:
            _load(line, world, loaded)
        if dry_run or loaded.rejected:
            transaction.set_rollback(True)
    if loaded.rejected:
        loaded.created = loaded.updated = loaded.unchanged = 0
    loaded.rejected.sort(key=lambda each: each.line)
    loaded.programme = world.slug
    return loaded


def _in_order(lines: Iterable[Line], world: World, loaded: Loaded) -> list[Line]:
    """Kind by kind; reports by date and version. One programme a file, and nothing twice."""
    ordered = sorted(lines, key=lambda line: (ORDER[line["ligne"].lower()], dated.place(line), line.number))
    heads = [line for line in ordered if line["ligne"].lower() == "programme"]
    for line in heads[1:]:
        loaded.rejected.append(Reject(line.number, _("un fichier porte un seul programme")))
    if not heads:
        loaded.rejected.append(
            Reject(1, _("il manque la ligne « programme », qui dit de quelle feuille de route il s’agit"))
        )
        return []
    kept: list[Line] = []
    for line in ordered:
        if line in heads[1:]:
            continue
        first = world.first_with(line)
        if first is None:
            kept.append(line)
        else:
            loaded.rejected.append(Reject(line.number, _("répète la ligne %d : la même chose y est deux fois") % first))
    return kept


def _load(line: Line, world: World, loaded: Loaded) -> None:
    kind = line["ligne"].lower()
    if world.programme is None and kind != "programme":
        return  # its programme was refused: that line says why
    try:
        with transaction.atomic():
            loaded.count(_LOADERS[kind](line, world))
    except Refused as refused:
        loaded.rejected.append(Reject(line.number, str(refused)))


def _programme(line: Line, world: World) -> Outcome:
    world.slug = cells.slug(line)
    world.programme, outcome = programmes.save_programme(
        by=world.by,
        slug=world.slug,
        title=cells.text(line, "titre"),
        description=cells.text(line, "texte"),
        started_on=cells.needed_day(line, "debut"),
        ended_on=cells.day(line, "fin"),
        rhythm=cells.whole(line, "rythme"),
        source_label=cells.text(line, "source"),
        source_url=cells.address(line),
        since=cells.needed_day(line, "debut"),
    )
    return outcome


def _part(save: Callable[..., tuple[Any, Outcome]]) -> Callable[[Line, World], Outcome]:
    def load(line: Line, world: World) -> Outcome:
        told: dict[str, Any] = {"title": cells.text(line, "titre"), "text": cells.text(line, "texte")}
        if save is programmes.save_dimension:
            told |= {"delay_min": cells.whole(line, "delai_min"), "delay_max": cells.whole(line, "delai_max")}
        since = cells.day(line, "date_version") or world.held.started_on
        return save(by=world.by, programme=world.held, number=cells.number(line), since=since, **told)[1]

    return load


def _measure(line: Line, world: World) -> Outcome:
    number = cells.number(line)
    if (outcome := dated.known_edition(line, world, number)) is not None:
        return outcome
    is_new = not world.held.measures.filter(number=number).exists()
    since = cells.day(line, "date_version")
    return measures.save_measure(
        by=world.by,
        programme=world.held,
        number=number,
        started_on=cells.day(line, "debut"),
        since=since or cells.day(line, "debut") or world.held.started_on if is_new else since,
        reason=cells.text(line, "motif"),
        title=cells.text(line, "titre"),
        objective=cells.text(line, "texte"),
        ways=cells.text(line, "modalites"),
        expected=cells.text(line, "resultats_attendus"),
        delay_min=cells.whole(line, "delai_min"),
        delay_max=cells.whole(line, "delai_max"),
        dimension=world.dimension(cells.number(line, "dimension")),
        workstream=world.workstream(cells.number(line, "chantier")) if line["chantier"] else None,
    )[1]


def _facilitator(line: Line, world: World) -> Outcome:
    measure = world.measure(cells.number(line, "mesure"))
    return measures.save_facilitator(
        by=world.by,
        measure=measure,
        told_since=cells.day(line, "date_version") or cells.day(line, "debut") or measure.started_on,
        name=cells.text(line, "titre"),
        organisation=references.organisation(line["reference"]) if line["reference"] else None,
        since=cells.day(line, "debut"),
        until=cells.day(line, "fin"),
    )


def _indicator(line: Line, world: World) -> Outcome:
    measure = world.measure(cells.number(line, "mesure"))
    return measures.save_indicator(
        by=world.by,
        measure=measure,
        told_since=cells.day(line, "date_version") or measure.started_on,
        code=cells.slug(line),
        label=cells.text(line, "titre"),
        unit=cells.text(line, "unite"),
        baseline=cells.decimal(line, "depart"),
        baseline_on=cells.day(line, "date_depart"),
        target=cells.decimal(line, "cible"),
        target_on=cells.day(line, "date_cible"),
    )


def _link(line: Line, world: World) -> Outcome:
    kind, key = references.link(line["reference"])
    return measures.link(by=world.by, measure=world.measure(cells.number(line, "mesure")), kind=kind, key=key)


def _illustration(line: Line, world: World) -> Outcome:
    if bool(line["force"]) == bool(line["levier"]):
        raise Refused(_("une illustration est d’une force ou d’un levier : remplissez l’une des deux colonnes"))
    subject = world.force(cells.number(line, "force")) if line["force"] else world.lever(cells.number(line, "levier"))
    label, since = cells.text(line, "titre"), cells.day(line, "debut")
    told_since = cells.day(line, "date_version") or since or world.held.started_on
    return programmes.save_illustration(
        by=world.by, subject=subject, label=label, url=cells.address(line), since=since, told_since=told_since
    )[1]


def _statement(line: Line, world: World) -> Outcome:
    return programmes.save_statement(
        by=world.by,
        programme=world.held,
        code=cells.slug(line),
        title=cells.text(line, "titre"),
        text=cells.text(line, "texte"),
        dated_on=cells.needed_day(line, "date"),
        counts=cells.counts(line),
        source_label=cells.text(line, "source"),
        source_url=cells.address(line),
        since=cells.day(line, "date_version") or cells.needed_day(line, "date"),
    )[1]


_LOADERS: dict[str, Callable[[Line, World], Outcome]] = {
    "programme": _programme,
    "dimension": _part(programmes.save_dimension),
    "chantier": _part(programmes.save_workstream),
    "mesure": _measure,
    "facilitateur": _facilitator,
    "indicateur": _indicator,
    "lien": _link,
    "bilan": dated.load_report,
    "releve": dated.load_reading,
    "avancement": dated.load_workstream_report,
    "force": _part(programmes.save_force),
    "levier": _part(programmes.save_lever),
    "illustration": _illustration,
    "declaration": _statement,
    "introduction": dated.load_progress_report,
}
