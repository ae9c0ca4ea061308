"""The roadmap that comes with the product: what the documents tell of it. Loaded once, looked at in one query after."""

import hashlib
import logging
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.db import transaction

from fairealliance.accounts.actors import Actor, System
from fairealliance.accounts.permissions import require_hub_editor
from fairealliance.roadmap.actions import programmes
from fairealliance.roadmap.actions.refusals import Refused
from fairealliance.roadmap.exchange import export, references
from fairealliance.roadmap.exchange.layout import Line
from fairealliance.roadmap.exchange.load import Loaded, load_lines
from fairealliance.roadmap.models import PartEdition, Programme

logger = logging.getLogger(__name__)
FOLDER = Path(__file__).parent / "data"
# Signs what it writes: an edition that somebody else signed since is not written over.
STARTER = System("contenu de départ")


def load(*, by: Actor, path: Path = FOLDER / "alliances-strategiques.toml") -> Loaded | None:
    """Loads the file unless it is there already (None). What people wrote since stays, what they removed too."""
    require_hub_editor(by)
    told = path.read_bytes()
    digest = hashlib.sha256(told).hexdigest()
    content = tomllib.loads(told.decode())
    slug = content["programme"]["numero"]
    if Programme.objects.filter(slug=slug, digest=digest).exists():
        return None
    with transaction.atomic():
        told_lines = untouched(list(lines(content)), slug)
        loaded = load_lines(by=STARTER, lines=told_lines)
        if loaded.rejected:
            # What was published since stays as it is: the file's other news come in all the same.
            for reject in loaded.rejected:
                logger.warning("%s, table %d: %s", path.name, reject.line, reject.message)
            refused = {each.line for each in loaded.rejected}
            loaded = load_lines(by=STARTER, lines=[each for each in told_lines if each.number not in refused])
        if programme := Programme.objects.filter(slug=slug).first():
            programmes.note_file(by=STARTER, programme=programme, digest=digest)
    return loaded


def untouched(told: list[Line], slug: str) -> list[Line]:
    """The lines of the file about what nobody else has written or removed since."""
    programme = Programme.objects.filter(slug=slug).first()
    if programme is None:
        return told
    theirs = _touched(programme)
    kept = [line for line in told if _about(line) not in theirs]
    if ("programme",) in theirs:
        head = next(export.lines(programme))
        kept.insert(0, Line(0, {column: text for column, text in head.items() if text}))
    return kept


def _about(line: Line) -> tuple[str, ...]:
    """What a line is about, as `_touched` names it."""
    columns = {
        "programme": (),
        "facilitateur": ("mesure", "titre"),
        "indicateur": ("mesure", "numero"),
        "illustration": ("force", "levier", "titre"),
    }
    return (line["ligne"], *(line[column] for column in columns.get(line["ligne"], ("numero",))))


_KINDS = {"dimension": "dimension", "workstream": "chantier", "changeforce": "force", "lever": "levier"}


def _touched(programme: Programme) -> set[tuple[str, ...]]:
    """What somebody else wrote or removed last, under every name it had. Two queries."""
    editions: dict[tuple[str, int], list[PartEdition]] = {}
    for each in PartEdition.objects.filter(programme=programme).order_by("number"):
        editions.setdefault((each.kind, each.row), []).append(each)
    numbers = dict(programme.measures.values_list("pk", "number"))
    parts = {key: str(known[-1].content["number"]) for key, known in editions.items() if "number" in known[-1].content}
    theirs = [known for known in editions.values() if known[-1].by_label != STARTER.label]
    return {_named(each, numbers, parts) for known in theirs for each in known}


def _named(edition: PartEdition, numbers: dict[int, int], parts: dict[tuple[str, int], str]) -> tuple[str, ...]:
    told = edition.content
    if edition.kind in _KINDS:
        return _KINDS[edition.kind], str(told["number"])
    if edition.kind == "statement":
        return "declaration", told["code"]
    if edition.kind == "facilitator":
        return "facilitateur", str(numbers.get(told["measure_id"])), told["name"]
    if edition.kind == "indicator":
        return "indicateur", str(numbers.get(told["measure_id"])), told["code"]
    if edition.kind == "illustration":
        force, lever = parts.get(("changeforce", told["force_id"]), ""), parts.get(("lever", told["lever_id"]), "")
        return "illustration", force, lever, told["label"]
    return ("programme",)


def lines(content: dict[str, Any]) -> Iterator[Line]:
    """Tables of the file as the lines of an import, numbered as they come."""
    number = 0
    for kind, tables in content.items():
        for table in tables if isinstance(tables, list) else [tables]:
            number += 1
            cells = {column: str(value).strip() for column, value in table.items()}
            yield Line(number, _known({"ligne": kind, **cells}))


def _known(cells: dict[str, str]) -> dict[str, str]:
    """Without the reference to an organisation that this copy does not hold: its name remains."""
    if cells["ligne"] != "facilitateur" or "reference" not in cells:
        return cells
    try:
        references.organisation(cells["reference"])
    except Refused:
        return {column: text for column, text in cells.items() if column != "reference"}
    return cells
