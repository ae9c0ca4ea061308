"""`fairealliance survey-table FILE`: weighted shares of a question, by group, with intervals and secrecy."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from fairealliance.lib.tabular import Unreadable
from fairealliance.observatory.microdata.codebook import Codebook, read_codebook
from fairealliance.observatory.microdata.reading import Microdata, open_microdata
from fairealliance.observatory.microdata.respondents import Asked, read_respondents
from fairealliance.observatory.microdata.secrecy import DEFAULT_THRESHOLD
from fairealliance.observatory.microdata.tables import compute
from fairealliance.observatory.microdata.telling import as_data, as_text


class Command(BaseCommand):
    """The table, or with --json one object, on the standard output. Nothing is written anywhere."""

    help = "Calcule un tableau pondéré à partir des réponses de chaque répondant (CSV, XLSX ou Parquet)."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="MICRODONNEES", type=Path)
        parser.add_argument("--weight", metavar="COLONNE", help="poids de chaque répondant")
        parser.add_argument("--question", metavar="COLONNE", action="append", default=[], help="répétable")
        parser.add_argument("--by", metavar="COLONNE[,COLONNE]", action="append", default=[], help="croiser par")
        parser.add_argument("--codebook", metavar="FICHIER", type=Path, help="dictionnaire des colonnes et des codes")
        parser.add_argument("--missing", metavar="CODE[,CODE]", default="", help="codes qui ne sont pas une réponse")
        parser.add_argument("--strata", metavar="COLONNE", default="", help="strate de tirage")
        parser.add_argument("--psu", metavar="COLONNE", default="", help="unité primaire de tirage")
        parser.add_argument(
            "--threshold",
            metavar="N",
            type=int,
            default=DEFAULT_THRESHOLD,
            help=f"moins de N répondants : case secrète (par défaut {DEFAULT_THRESHOLD} ; 1 pour tout montrer)",
        )
        parser.add_argument("--json", action="store_true", help="un objet JSON sur la sortie standard")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["threshold"] < 1:
            raise CommandError("Le seuil de publication (--threshold) est un nombre à partir de 1.")
        try:
            data = open_microdata(options["file"])
            codebook = read_codebook(options["codebook"]) if options["codebook"] else Codebook()
            tables = compute(read_respondents(data, codebook, _asked(data, codebook, options)), options["threshold"])
        except Unreadable as error:
            raise CommandError(str(error)) from error
        except MemoryError as error:
            raise CommandError("Ce fichier est trop grand pour la mémoire de cette machine.") from error
        if options["json"]:
            self.stdout.write(json.dumps(as_data(tables), ensure_ascii=False, allow_nan=False))
        else:
            self.stdout.write(as_text(tables))


def _asked(data: Microdata, codebook: Codebook, options: dict[str, Any]) -> Asked:
    weight = codebook.one("poids")
    questions = [name for each in options["question"] for name in _names(data, each)]
    if not questions:
        raise CommandError(f"Indiquez la question (--question). Colonnes du fichier : {', '.join(data.header[:20])}.")
    if not options["weight"] and not weight:
        raise CommandError("Indiquez la colonne des poids (--weight).")
    return Asked(
        weight=options["weight"] or (weight.name if weight else ""),
        questions=tuple(questions),
        by=tuple(name for each in options["by"] for name in _names(data, each)),
        stratum=options["strata"],
        unit=options["psu"],
        missing=frozenset(code.strip() for code in options["missing"].split(",") if code.strip()),
    )


def _names(data: Microdata, told: str) -> list[str]:
    """`a,b` is two columns, unless the file has one of that very name."""
    if told in data.header:
        return [told]
    return [name.strip() for name in told.split(",") if name.strip()]
