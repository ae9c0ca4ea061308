"""`fairealliance search "QUERY"`: the explorer's answer, in a terminal."""

import json
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from fairealliance.lib.french_numbers import counted
from fairealliance.search import engine
from fairealliance.search.documents import sources
from fairealliance.search.query import Query, Results, State
from fairealliance.territories.autocomplete import resolve_text


class Command(BaseCommand):
    """Prints the first hits; `--json` prints all that is known of them."""

    help = "Cherche dans tout ce qui est public."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("query")
        parser.add_argument("--json", action="store_true", help="Un objet JSON")
        parser.add_argument("--kind", action="append", default=[], help="Nature : practice, organisation…")
        parser.add_argument("--territory", action="append", default=[], help="Territoire : commune:42218, un nom…")
        parser.add_argument("--page", type=int, default=1)
        parser.add_argument("--size", type=int, default=10)

    def handle(self, *args: Any, **options: Any) -> None:
        if options["page"] < 1 or options["size"] < 1:
            raise CommandError(_("--page et --size commencent à 1."))
        asked = Query(
            options["query"],
            kinds=tuple(map(_kind, options["kind"])),
            scopes=tuple(map(_territory, options["territory"])),
            page=options["page"],
            size=options["size"],
        )
        results = engine.find(asked)
        if options["json"]:
            self.stdout.write(json.dumps(asdict(results), ensure_ascii=False, indent=1))
        else:
            self._tell(results)
        if results.state != State.READY:
            raise CommandError(
                _("L’index de recherche n’est pas prêt (%(state)s) : lancez « fairealliance reindex ».")
                % {"state": results.state}
            )

    def _tell(self, results: Results) -> None:
        for typed, used in results.corrected:
            self.stdout.write(_("« %(typed)s » est inconnu ici : lu « %(used)s ».") % {"typed": typed, "used": used})
        for hit in results.hits:
            self.stdout.write(f"{hit.title}  [{hit.label or hit.kind}]  {hit.territory}\n  {hit.url}")
        self.stdout.write(f"{counted(results.total, _('résultat'), _('résultats'))} ({results.took_ms:.1f} ms)")


def _kind(text: str) -> str:
    known = [source.kind for source in sources()]
    if text in known:
        return text
    told = {"given": _printable(text), "known": ", ".join(known)}
    raise CommandError(_("--kind : « %(given)s » n’est pas une nature. Il y a : %(known)s.") % told)


def _territory(text: str) -> str:
    """The ref of the one territory that `text` means: its ref, its name, a code."""
    found = resolve_text(text)
    if found.territory is not None:
        return found.territory.ref
    told = {"given": _printable(text), "listed": ", ".join(f"{each.name} ({each.ref})" for each in found.candidates)}
    if found.candidates:
        raise CommandError(_("--territory : plusieurs territoires répondent à « %(given)s » : %(listed)s.") % told)
    raise CommandError(_("--territory : nous ne connaissons pas de territoire « %(given)s ».") % told)


def _printable(text: str) -> str:
    """What a terminal gave that is no text would stop the message itself."""
    return text[:60].encode("utf-8", "replace").decode()
