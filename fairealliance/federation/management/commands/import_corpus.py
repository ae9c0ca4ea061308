"""`fairealliance import-corpus`: all the open data of FAIREALLIANCE_CORPUS."""

import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from fairealliance.accounts.actors import SYSTEM
from fairealliance.federation import corpus
from fairealliance.federation.progress import INTERRUPTED, ProgressLine, database_said
from fairealliance.lib.french_numbers import format_number


class Command(BaseCommand):
    """One line per file as it ends, then what was not read."""

    help = "Importe tout le jeu de données ouvertes, dans l’ordre."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        folder = Path(settings.FAIREALLIANCE_CORPUS)
        if not folder.is_dir():
            raise CommandError(f"Le dossier « {folder} » n’existe pas : indiquez-le par FAIREALLIANCE_CORPUS.")
        self.stdout.write(
            self._row("fichier", "lues", "nouvelles", "modifiées", "déjà là", "rejetées", "doublons", "s")
        )
        try:
            problems = [*self._load(folder), *self._draw(folder)]
        except DatabaseError as error:
            raise CommandError(database_said(error)) from error
        except KeyboardInterrupt as error:
            raise CommandError(INTERRUPTED, returncode=130) from error
        if problems:
            raise CommandError("\n".join(problems))

    def _load(self, folder: Path) -> list[str]:
        """One line of the table per file. Returns why some could not be read."""
        problems = []
        for loaded in corpus.load(by=SYSTEM, folder=folder, progress=_progress):
            if loaded.done is None:
                problems.append(loaded.problem)
                continue
            counts, seconds = loaded.done.tally, format_number(loaded.done.seconds, 1)
            numbers = (counts.created, counts.updated, counts.unchanged, counts.rejected, counts.duplicates)
            self.stdout.write(self._row(loaded.path, *map(format_number, (counts.read, *numbers)), seconds))
        return problems

    def _draw(self, folder: Path) -> list[str]:
        """A line per file of outlines. Returns why some could not be read."""
        problems = []
        for path, drawn in corpus.draw(by=SYSTEM, folder=folder):
            if isinstance(drawn, str):
                problems.append(drawn)
                continue
            counts = (drawn.created, drawn.updated, drawn.unchanged, len(drawn.unknown), 0)
            self.stdout.write(self._row(path, *map(format_number, (sum(counts), *counts))))
        return problems

    @staticmethod
    def _row(name: str, *cells: str) -> str:
        return f"{name:52}" + "".join(f"{cell:>11}" for cell in cells)


def _progress(path: str) -> ProgressLine:
    return ProgressLine(sys.stderr, f"{path} : ")
