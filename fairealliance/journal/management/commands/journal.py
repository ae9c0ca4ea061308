"""`fairealliance journal verify [--json] [--expect COUNT:HASH]` and `journal seal --reason …`."""

import json
import sys
from argparse import ArgumentParser, ArgumentTypeError
from dataclasses import asdict, dataclass
from typing import Any

from django.core.management.base import BaseCommand

from fairealliance.journal import actions
from fairealliance.journal.verifying import Verdict, verify
from fairealliance.lib.french_numbers import counted


@dataclass(frozen=True)
class _Operator:
    """Whoever can run a command on the server."""

    label: str = "système"
    user_id: None = None


def _head(text: str) -> tuple[int, str]:
    count, _separator, tip = text.partition(":")
    if not count.isdecimal() or len(tip) != 64:
        raise ArgumentTypeError("il faut un nombre, deux points, et les 64 signes d’une empreinte")
    return int(count), tip


class Command(BaseCommand):
    """Says whether the journal is as it was written. Exit 1 when it is not."""

    help = "Vérifie la chaîne du journal (verify), ou signe sa tête à nouveau en disant pourquoi (seal)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True)
        check = acts.add_parser("verify", help="Relit tout le journal et dit ce qui y a été touché.")
        check.add_argument("--json", action="store_true", help="pour un programme")
        check.add_argument(
            "--expect", type=_head, metavar="N:EMPREINTE", help="une tête notée ailleurs, par laquelle il doit passer"
        )
        sealing = acts.add_parser("seal", help="Signe la tête à nouveau (clé perdue, restauration connue).")
        sealing.add_argument("--reason", required=True, help="gardé dans le journal")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["act"] == "seal":
            found = [f"{problem.entry} {problem.kind}" for problem in verify().problems]
            entry = actions.seal(by=_Operator(), reason=options["reason"], problems=found)
            self.stdout.write(f"Tête signée : {entry.sequence}:{entry.hash}")
            return
        verdict = verify(options["expect"])
        self.stdout.write(_as_json(verdict) if options["json"] else _in_words(verdict))
        if not verdict.is_right:
            sys.exit(1)


def _as_json(verdict: Verdict) -> str:
    told = {
        "ok": verdict.is_right,
        "entries": verdict.entries,
        "erased": verdict.erased,
        "head": f"{verdict.entries}:{verdict.tip}",
        "problems": [asdict(problem) for problem in verdict.problems],
        "guards_missing": verdict.guards_missing,
    }
    return json.dumps(told, ensure_ascii=False, indent=2)


def _in_words(verdict: Verdict) -> str:
    lines = [f"entrée {problem.entry} : {problem.message}" for problem in verdict.problems]
    lines += [f"garde absente : {name} (remise en place par « migrate »)" for name in verdict.guards_missing]
    if verdict.is_right:
        erased = counted(verdict.erased, "détail effacé", "détails effacés")
        lines.append(f"{counted(verdict.entries, 'entrée', 'entrées')}, la chaîne est entière ({erased}).")
        lines.append(f"À noter ailleurs : {verdict.entries}:{verdict.tip}")
    else:
        seen = counted(verdict.entries, "entrée lue", "entrées lues")
        lines.append(f"Le journal n’est plus tel qu’il a été écrit ({seen}).")
    return "\n".join(lines)
