"""`fairealliance match --organisation ID`: with whom it could ally, and why."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from fairealliance.matching import suggest
from fairealliance.matching.asking import LIMIT
from fairealliance.matching.policy import current
from fairealliance.matching.suggest import Answer, Line
from fairealliance.organisations.models import Organisation

_MOST = 200


class Command(BaseCommand):
    """Looking is no showing: nothing is counted as exposure."""

    help = "Avec qui une organisation pourrait faire alliance, et pourquoi."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--organisation", type=int, required=True, metavar="ID", help="numéro de l’organisation")
        parser.add_argument("--limit", type=int, default=LIMIT, help="combien de suggestions (20)")
        parser.add_argument("--json", action="store_true", help="un objet JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        if not 1 <= options["limit"] <= _MOST:
            raise CommandError(_("--limit va de 1 à %(most)d.") % {"most": _MOST})
        try:
            answer = suggest.for_organisation(options["organisation"], limit=options["limit"])
        except Organisation.DoesNotExist as error:
            raise CommandError(
                _("Nous ne connaissons pas d’organisation numéro %(pk)s.") % {"pk": options["organisation"]}
            ) from error
        if options["json"]:
            self.stdout.write(json.dumps(as_json(options["organisation"], answer), ensure_ascii=False, indent=1))
        else:
            self._tell(answer)

    def _tell(self, answer: Answer) -> None:
        out = self.stdout.write
        for limit in answer.limits:
            out(f"! {limit}")
        for line in answer.lines:
            out(f"\n{line.organisation.name}  ({line.suggestion.score:.3f})")
            for reason in line.told.reasons:
                out(f"  + {reason.text}")
            for missing in line.told.missing:
                out(f"  ? {missing}")
            if line.case:
                out(f"  > {_('Un cas proche')} : {line.case.title} ({line.case.url})")
        if not answer.lines:
            out(_("Personne ne peut être proposé : rien de connu dans ce rayon et sur ce territoire."))
        out(f"\n{_('Règle de mise en relation')} : {answer.policy}")


def as_json(organisation: int, answer: Answer) -> dict[str, Any]:
    """The published form."""
    return {
        "organisation": organisation,
        "policy": answer.policy,
        "limits": list(answer.limits),
        "passed_gates": answer.passed,
        "suggestions": [_line(line) for line in answer.lines],
    }


def _line(line: Line) -> dict[str, Any]:
    each, case = line.suggestion, line.case
    weights = current().weights
    return {
        "organisation": each.owner,
        "name": line.organisation.name,
        "url": line.organisation.get_absolute_url(),
        "invented": line.organisation.is_demo,
        "score": each.score,
        "raised_for_exposure": each.raised,
        "parts": {
            name: {"value": round(value, 6), "weight": getattr(weights, name)} for name, value in each.parts.items()
        },
        "km": None if each.km is None else round(each.km, 1),
        "gates": line.told.gates,
        "reasons": [{"part": reason.part, "text": reason.text} for reason in line.told.reasons],
        "missing": list(line.told.missing),
        "case": None if case is None else {"practice": case.key, "title": case.title, "url": case.url, "why": case.why},
    }
