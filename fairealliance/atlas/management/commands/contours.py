"""`fairealliance contours FILE.geojson --level epci`: outlines for the maps, simplified once and kept."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from fairealliance.accounts.actors import SYSTEM
from fairealliance.atlas import geojson
from fairealliance.atlas.actions import LEVELS, Drawn, save_contours
from fairealliance.lib.french_numbers import format_number
from fairealliance.lib.tabular import Unreadable
from fairealliance.provenance.actions import SourceData


class Command(BaseCommand):
    """Says what was drawn, and which codes were not ours."""

    help = "Importe des contours (GeoJSON) : simplifiés une fois, gardés, dessinés sur toutes les cartes."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FICHIER", type=Path)
        parser.add_argument("--level", required=True, choices=[str(level.value) for level in LEVELS])
        parser.add_argument("--code", default="", help="propriété qui porte le code, si elle n’est pas devinée")
        parser.add_argument("--source", default="", help="nom de la source, montré sous la carte")
        parser.add_argument("--producer", default="", help="producteur")
        parser.add_argument("--url", default="", help="adresse de la source")
        parser.add_argument("--licence", default="", help="licence, par exemple « Licence Ouverte 2.0 »")
        parser.add_argument("--vintage", default="", help="millésime")
        parser.add_argument("--dry-run", action="store_true", help="dessine et compte, n’écrit rien")
        parser.add_argument("--json", action="store_true", help="finit par un objet JSON sur la sortie standard")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            features = geojson.read(options["file"], options["code"])
            drawn = self._save(features, options)
        except (Unreadable, ValueError) as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(f"« {options['file']} » ne peut pas être lu ({error.strerror}).") from error
        except DatabaseError as error:
            raise CommandError("La base de données a refusé les contours : rien n’est écrit.") from error
        if options["json"]:
            counts = {"created": drawn.created, "updated": drawn.updated, "unchanged": drawn.unchanged}
            told = {**counts, "unknown": drawn.unknown, "missing": drawn.missing, "signs": drawn.signs}
            self.stdout.write(json.dumps(told, ensure_ascii=False))
        else:
            self._tell(drawn, options["dry_run"])

    def _save(self, features: list[geojson.Feature], options: dict[str, Any]) -> Drawn:
        source: SourceData = {
            "label": options["source"] or f"Contours : {options['file'].name}",
            "producer": options["producer"],
            "url": options["url"],
            "licence": options["licence"],
            "vintage": options["vintage"],
        }
        return save_contours(
            by=SYSTEM, level=options["level"], source=source, features=features, dry_run=options["dry_run"]
        )

    def _tell(self, drawn: Drawn, dry_run: bool) -> None:
        self.stdout.write("Essai à blanc, rien n’est écrit." if dry_run else "Contours gardés.")
        for label, number in (
            ("nouveaux", drawn.created),
            ("mis à jour", drawn.updated),
            ("déjà là", drawn.unchanged),
            ("sans contour", drawn.missing),
            ("codes inconnus", len(drawn.unknown)),
        ):
            self.stdout.write(f"  {label:16}{format_number(number):>8}")
        if drawn.unknown:
            self.stdout.write("  " + ", ".join(drawn.unknown[:20]) + ("…" if len(drawn.unknown) > 20 else ""))
        self.stdout.write(f"  {format_number(drawn.signs / 1000)} ko de tracés avant compression.")
