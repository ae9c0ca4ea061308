"""`fairealliance permissions [--json]`: who may do what, route by route."""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand

from fairealliance.config.access.checks import unclassified
from fairealliance.config.access.roles import Role
from fairealliance.config.access.routes import Route, routes
from fairealliance.config.access.rows import TABLE
from fairealliance.config.access.table import METHODS, Row
from fairealliance.lib.french_numbers import counted


class Command(BaseCommand):
    """Exit 1 when a route has no row."""

    help = "Dit qui peut quoi : chaque adresse × rôle × état × méthode."
    requires_system_checks = []  # it tells by itself what is missing

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="pour un programme : toutes les cases")

    def handle(self, *args: Any, **options: Any) -> None:
        known = routes()
        missing = unclassified(TABLE, known)
        told = [(route, row) for route in known if (row := TABLE.row(route.name))]
        self.stdout.write(as_json(told, missing) if options["json"] else in_words(told, missing))
        if missing:
            sys.exit(1)


def cells(route: Route, row: Row) -> Iterator[dict[str, Any]]:
    """One per role, state and method."""
    for role in Role:
        for state in row.states:
            for method in METHODS:
                yield {
                    "route": route.name,
                    "path": route.path,
                    "role": role.value,
                    "object": row.of.name,
                    "state": state,
                    "method": method,
                    "allowed": row.allows(role, method, state),
                    "judge": row.judge,
                }


def as_json(told: list[tuple[Route, Row]], missing: list[Route]) -> str:
    """`{"ok": …, "roles": …, "unclassified": …, "cells": […]}`, one cell a line."""
    head = {
        "ok": not missing,
        "routes": len(told) + len(missing),
        "roles": [role.value for role in Role],
        "methods": list(METHODS),
        "unclassified": [{"route": route.name, "path": route.path} for route in missing],
    }
    lines = [json.dumps(cell, ensure_ascii=False) for route, row in told for cell in cells(route, row)]
    body = ",\n".join(lines)
    return f'{json.dumps(head, ensure_ascii=False)[:-1]}, "cells": [\n{body}\n]}}'


def in_words(told: list[tuple[Route, Row]], missing: list[Route]) -> str:
    """A line per route: each rule in short."""
    lines = [f"{route.name}  {route.path}\n    {_rules(row)}" for route, row in told]
    lines += [f"SANS LIGNE : {route.name}  {route.path}" for route in missing]
    count = sum(len(Role) * len(row.states) * len(METHODS) for _route, row in told)
    without = counted(len(missing), "adresse sans ligne", "adresses sans ligne")
    lines.append(f"{len(told)} adresses, {len(Role)} rôles, {count} cases ; {without}.")
    return "\n".join(lines)


def _rules(row: Row) -> str:
    said = []
    for rule in row.rules:
        roles = "tous" if len(rule.roles) == len(Role) else ", ".join(role for role in Role if role in rule.roles)
        methods = "toute méthode" if len(rule.methods) == len(METHODS) else " ".join(sorted(rule.methods))
        states = f" si {row.of.name} {', '.join(sorted(rule.states))}" if rule.states else ""
        said.append(f"{methods} : {roles or 'personne'}{states}")
    return " ; ".join(said) + (f" ; puis {row.judge}" if row.judge else "")
