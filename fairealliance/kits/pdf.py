"""The kit as a document: A4, tagged (PDF/UA-1), with contents and numbered sources."""

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin

from django.utils.translation import gettext as _

from fairealliance.kits.kit import Block, Kit, Point
from fairealliance.lib.dates_fr import in_words
from fairealliance.lib.documents import clean, to_pdf
from fairealliance.lib.text_fr import shorten
from fairealliance.sheets import words
from fairealliance.sheets.sheet import Figure, Line, SourceNote

TEMPLATE = Path(__file__).parent / "data" / "kit.typ"
_SHOWN_ADDRESS = 110


def render(kit: Kit, address: str, root: str) -> bytes:
    """The PDF of `kit`. `address`: its page; `root`: that of the site, for the links inside."""
    return to_pdf(TEMPLATE, content_of(kit, address, root))


def content_of(kit: Kit, address: str, root: str) -> dict[str, Any]:
    """What the template reads."""
    notes, links = _Notes(), _Links(root)
    sheets = [
        {
            "number": sheet.number,
            "title": sheet.title,
            "lead": sheet.lead,
            "blocks": [_block(block, notes, links) for block in sheet.blocks],
        }
        for sheet in kit.sheets
    ]
    content = clean(
        {
            "title": _("L’ODD 17 en pratique"),
            "name": "Faire Alliance",
            "kicker": _("Kit"),
            "for": _for(kit),
            "place": kit.territory.name,
            "context": words.territory_line(kit.territory),
            "words": _words(),
            "notices": kit.notices,
            "sheets": sheets,
            "notes": notes.told,
            "date": in_words(words.moment(kit.composed_at)),
            "shown_address": shorten(unquote(address), _SHOWN_ADDRESS),
        }
    )
    assert isinstance(content, dict)
    # Addresses are percent-encoded: nothing to clean, and not one sign to lose.
    return {**content, "address": address, "links": links.told}


def _words() -> dict[str, str]:
    return {
        "contents": _("Dans ce kit"),
        "sheet": _("Fiche"),
        "demo": _("contenu inventé"),
        "sources": _("Sources"),
        "figure": _("Chiffre"),
        "value": _("Valeur"),
        "among": _("Parmi les territoires comparables, millésime"),
        "kind": _("Nature"),
        "made": _("Fait le"),
        "live": _("Ce kit est tiré de la base le jour où vous le demandez. La page à jour :"),
    }


def _for(kit: Kit) -> str:
    return _("Pour : %s") % kit.public_label if kit.public else _("Pour tous")


class _Notes:
    """Sources numbered in the order they are met, each told once."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[str, str], tuple[int, SourceNote]] = {}

    def number(self, source: SourceNote | None) -> int:
        if source is None:
            return 0
        key = (source.label, source.vintage)
        return self._numbers.setdefault(key, (len(self._numbers) + 1, source))[0]

    @property
    def told(self) -> list[dict[str, Any]]:
        return [
            {"number": number, "label": source.label, "detail": words.source_detail(source), "url": source.url}
            for number, source in self._numbers.values()
        ]


class _Links:
    """Addresses apart from the texts, which are cleaned: a line keeps the place of its own."""

    def __init__(self, root: str) -> None:
        self._root = root
        self.told: list[str] = []

    def keep(self, url: str) -> int:
        self.told.append(urljoin(self._root, url))
        return len(self.told) - 1


def _block(block: Block, notes: _Notes, links: _Links) -> dict[str, Any]:
    return {
        "title": block.title,
        "level": block.level,
        "text": block.text,
        "note": notes.number(block.source),
        "points": [_point(point, notes) for point in block.points],
        "figures": [_figure(figure, notes) for figure in block.figures],
        "lines": [_line(line, notes, links) for line in block.lines],
        "table": _table(block),
        "gaps": block.gaps,
    }


def _point(point: Point, notes: _Notes) -> dict[str, Any]:
    return {"name": point.name, "text": point.text, "value": point.value, "note": notes.number(point.source)}


def _figure(figure: Figure, notes: _Notes) -> dict[str, Any]:
    return {
        "label": figure.label,
        "value": words.figure_value(figure),
        "known": figure.state == "known",
        "place": figure.place,
        "vintage": figure.source.vintage,
        "note": notes.number(figure.source),
    }


def _line(line: Line, notes: _Notes, links: _Links) -> dict[str, Any]:
    place, where = ("", line.place) if line.kind == "resource" else (line.place, "")
    return {
        "title": line.title,
        "kicker": " · ".join(part for part in (line.kicker, place, str(line.year or "")) if part),
        "where": where,
        "summary": line.summary,
        "spheres": [words.sphere(sphere) for sphere in line.spheres],
        "reasons": line.reasons[:2],
        "demo": line.is_demo,
        "note": notes.number(line.source),
        "link": links.keep(line.url),
    }


def _table(block: Block) -> dict[str, Any] | None:
    if block.table is None:
        return None
    rows = [{"name": name, "counts": [str(count) for count in counts]} for name, counts in block.table.rows]
    return {"columns": list(block.table.columns), "rows": rows}
