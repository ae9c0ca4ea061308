"""`fairealliance sheet TERRITORY "CHALLENGE"`: the action sheet in the terminal, as JSON or as a PDF."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse
from django.utils.translation import gettext as _

from fairealliance.sheets import pdf, words
from fairealliance.sheets.asking import RefusedError, clean_challenge, find_territory
from fairealliance.sheets.compose import compose
from fairealliance.sheets.filters import address
from fairealliance.sheets.serialise import to_json
from fairealliance.sheets.sheet import Line, Sheet
from fairealliance.territories.models import Territory


class Command(BaseCommand):
    help = "Fiche d'action pour un territoire et un défi."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("territory", help="commune:42218, un nom ou un code postal")
        parser.add_argument("challenge", help="le défi, avec vos mots")
        form = parser.add_mutually_exclusive_group()
        form.add_argument("--json", action="store_true", help="un objet JSON")
        form.add_argument("--pdf", type=Path, metavar="FICHIER", help="un PDF, écrit dans FICHIER")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            sheet = compose(_territory(options["territory"]), clean_challenge(options["challenge"]))
        except RefusedError as error:
            raise CommandError(str(error)) from error
        if options["json"]:
            self.stdout.write(json.dumps(to_json(sheet), ensure_ascii=False, indent=2))
        elif options["pdf"]:
            self._write_pdf(sheet, options["pdf"])
        else:
            self._tell(sheet)

    def _write_pdf(self, sheet: Sheet, path: Path) -> None:
        try:
            path.write_bytes(pdf.render(sheet, _address(sheet)))
        except OSError as error:
            raise CommandError(
                _("Impossible d’écrire %(path)s : %(why)s") % {"path": path, "why": error.strerror}
            ) from error
        self.stdout.write(_("Fiche écrite : %s") % path)

    def _tell(self, sheet: Sheet) -> None:
        out = self.stdout.write
        out(f"{sheet.territory.name} · {words.territory_line(sheet.territory)}\n« {sheet.challenge} »")
        out(f"{_('Nous avons compris :')} {words.reading_line(sheet) or '–'}")
        for notice in sheet.notices:
            out(f"! {notice}")
        out(f"\n{_('Données')}")
        for figure in sheet.figures:
            source = f"{figure.source.label}, {figure.source.vintage}"
            out(f"- {figure.label} : {words.figure_value(figure)}  [{source}]")
        self._gaps(sheet.figures_gaps)
        for section in sheet.sections:
            out(f"\n{section.title}")
            self._gaps(section.gaps)
            for line in section.lines:
                out(f"- {_title(line)} ({' ; '.join(line.reasons)})  [{line.source.label}]")
        out(f"\n{_('Lundi')}")
        for number, step in enumerate(sheet.steps, 1):
            out(f"{number}. {step.title} ({step.when})  [{step.source.label}]")
            for line in step.lines:
                out(f"   → {_title(line)}")

    def _gaps(self, gaps: tuple[str, ...]) -> None:
        for gap in gaps:
            self.stdout.write(f"  ({gap})")


def _title(line: Line) -> str:
    return _("%s (contenu inventé)") % line.title if line.is_demo else line.title


def _territory(text: str) -> Territory:
    territory, candidates = find_territory(text)
    if territory is None:
        listed = "\n".join(f"  {each.ref}  {each.name}, {each.context}" for each in candidates)
        raise CommandError(_("« %(text)s » : lequel ?\n%(listed)s") % {"text": text[:60], "listed": listed})
    return territory


def _address(sheet: Sheet) -> str:
    """The page's address on this machine: a command knows no other."""
    host = next((each for each in settings.ALLOWED_HOSTS if each not in ("*", "")), "localhost")
    return f"http://{host}" + address(reverse("sheets:act"), sheet.territory.ref, sheet.challenge, sheet.filters)
