"""What the secretariat reads in the journal is French, and found by its French words."""

import ast
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest

import fairealliance
from fairealliance.contributions.enums import CorrectionStatus
from fairealliance.federation.models import ImportRun
from fairealliance.journal import words
from fairealliance.needs.enums import Side
from fairealliance.network.enums import Status
from fairealliance.observatory.enums import State
from fairealliance.organisations.enums import ClaimStatus
from fairealliance.roadmap import editions
from fairealliance.roadmap.enums import DraftState

ROOT = Path(fairealliance.__file__).parent


def literal() -> set[str]:
    """Every verb that the code writes out whole."""
    return {
        str(word.value.value)
        for path in ROOT.rglob("*.py")
        if "migrations" not in path.parts
        for call in ast.walk(ast.parse(path.read_text()))
        if isinstance(call, ast.Call)
        for word in call.keywords
        if word.arg == "verb" and isinstance(word.value, ast.Constant)
    }


Found = ast.FunctionDef | ast.AsyncFunctionDef


def positional() -> set[str]:
    """Verbs given to a function that records them, under their own name or a thing's: `tell(held, "joined", by=by)`."""
    trees = {path: ast.parse(path.read_text()) for path in ROOT.rglob("*.py") if "migrations" not in path.parts}
    teller = {path: dict(_tellers(tree)) for path, tree in trees.items()}
    for path, tree in trees.items():
        for node in ast.walk(tree):
            source = ROOT.parent / f"{str(getattr(node, 'module', '')).replace('.', '/')}.py"
            if isinstance(node, ast.ImportFrom) and source in teller:
                known = {each.name: teller[source][each.name] for each in node.names if each.name in teller[source]}
                teller[path] = known | teller[path]
    return {verb for path, tree in trees.items() for verb in _told(tree, teller[path])}


def _functions(tree: ast.AST) -> list[Found]:
    return [node for node in ast.walk(tree) if isinstance(node, Found)]


def _tellers(tree: ast.Module) -> Iterator[tuple[str, tuple[str, int, str]]]:
    """(function, (parameter, its place, what its verb begins with))."""
    for function in _functions(tree):
        names = [each.arg for each in (*function.args.posonlyargs, *function.args.args)]
        for value in _given(function, "verb"):
            parts = value.values if isinstance(value, ast.JoinedStr) else [ast.Constant(""), value]
            if len(parts) == 2 and isinstance(parts[0], ast.Constant):
                said = parts[1].value if isinstance(parts[1], ast.FormattedValue) else parts[1]
                if isinstance(said, ast.Name) and said.id in names:
                    yield function.name, (said.id, names.index(said.id), str(parts[0].value))


def _given(tree: ast.AST, name: str) -> list[ast.expr]:
    """What the calls within are given under that name."""
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    return [word.value for call in calls for word in call.keywords if word.arg == name]


def _told(tree: ast.Module, tellers: dict[str, tuple[str, int, str]]) -> Iterator[str]:
    for function in _functions(tree):
        for call in [node for node in ast.walk(function) if isinstance(node, ast.Call)]:
            if isinstance(call.func, ast.Name) and call.func.id in tellers:
                name, place, prefix = tellers[call.func.id]
                given = [word.value for word in call.keywords if word.arg == name] or call.args[place : place + 1]
                for value in given:
                    yield from (f"{prefix}{verb}" for verb in _values(value, function, tree))


def _values(value: ast.expr, function: Found, tree: ast.Module) -> Iterator[str]:
    """The words that an expression may be, as far as they are written in this module."""
    if isinstance(value, ast.Constant) and isinstance(value.value, str):
        yield value.value
    elif isinstance(value, ast.IfExp):
        yield from _values(value.body, function, tree)
        yield from _values(value.orelse, function, tree)
    elif isinstance(value, ast.Name):
        for node in ast.walk(function):
            names = [each.id for each in getattr(node, "targets", ()) if isinstance(each, ast.Name)]
            if isinstance(node, ast.Assign) and value.id in names:
                yield from _values(node.value, function, tree)
    elif isinstance(value, ast.Call) and isinstance(value.func, ast.Name):
        for called in [each for each in _functions(tree) if each.name == value.func.id]:
            for node in ast.walk(called):
                if isinstance(node, ast.Return) and node.value is not None:
                    yield from _values(node.value, called, tree)


def made() -> set[str]:
    """Those made of a thing and of what became of it."""
    pairs = [
        *product(("correction",), {*CorrectionStatus.values} - {"new"}),
        *product(("import",), {*ImportRun.Status.values} - {"running"}),
        *product(Side.values, ("begun", "published", "changed", "discarded", "renewed", "met", "closed", "expired")),
        *product(("support",), {*Status.values} - {"desk"}),
        *product(("study",), {*State.values, "created", "updated"}),
        *product(("claim",), {*ClaimStatus.values} - {"waiting", "code"}),
        *product(editions.MODELS, ("created", "updated", "removed")),
        *product(("draft",), DraftState.values),
        *product(("organisation", "practice", "resource"), ("corrected",)),
    ]
    return {f"{thing}-{verb}" for thing, verb in pairs}


@pytest.mark.parametrize("verb", sorted(literal() | positional() | made()))
def test_every_act_is_told_in_french(verb: str) -> None:
    assert words.told(verb) != verb


def test_the_search_of_verbs_finds_some() -> None:
    assert len(literal()) > 40
    seen = {"catalyst-joined", "catalyst-refused", "support-offered", "introduction-parted", "proposal-file-attached"}
    assert seen <= positional()


def test_an_act_that_no_room_tells_is_shown_as_it_is() -> None:
    assert words.told("moon-landed") == "moon-landed"


def test_acts_are_found_by_their_words_without_accents() -> None:
    assert set(words.verbs_like("RATTACHEMENT acc")) == {"claim-accepted"}
    assert list(words.verbs_like("  ")) == []


def test_two_rooms_may_tell_one_act_alike_but_not_otherwise() -> None:
    words.register({"study-created": "étude créée"})
    with pytest.raises(ValueError, match="told twice"):
        words.register({"study-created": "autre chose"})
