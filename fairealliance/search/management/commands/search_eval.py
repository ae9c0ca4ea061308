"""`fairealliance search-eval DOCUMENTS.jsonl QUERIES.jsonl`: how well search answers, as one JSON object."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from fairealliance.search.evaluate import evaluate, read_documents, read_questions


class Command(BaseCommand):
    """Touches neither the database nor the index that serves."""

    help = "Mesure la recherche sur des questions dont on connaît la réponse."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("documents", type=Path, help='{"id", "title", "body"} par ligne')
        parser.add_argument("queries", type=Path, help='{"query", "relevant": [ids]} par ligne')

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            documents, questions = read_documents(options["documents"]), read_questions(options["queries"])
        except OSError as error:
            raise CommandError(
                _("Impossible de lire %(file)s : %(why)s.") % {"file": error.filename, "why": error.strerror}
            ) from error
        except ValueError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(json.dumps(evaluate(documents, questions)))
