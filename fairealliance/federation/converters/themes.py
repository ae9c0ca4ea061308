"""Themes told by words: the name of an association, the title of a project."""

import re
from collections.abc import Iterable

from fairealliance.federation.context import Context
from fairealliance.federation.converters.base import Converter, Factory
from fairealliance.federation.mapping import BadMapping, Field
from fairealliance.goals.vocabulary import THEMES
from fairealliance.lib.text_fr import fold


def told_themes(field: Field, context: Context) -> Converter:
    """Themes whose `words` stand in the text, in the order of the mapping; those of a `table` come first.

    With a `table` the field has two columns, the first being looked up there. A text counts only when it has one
    of `only_with`, if any is given, and none of `never_with`: a nursery whose boiler is replaced is not one that opens.
    The word after one of `not_after` does not count: what was a gymnasium is one no more.
    """
    options = field.options
    table: dict[str, list[str]] = options.get("table", {})
    rules = {theme: _any_of(words) for theme, words in options.get("words", {}).items()}
    if unknown := (set(rules) | {theme for themes in table.values() for theme in themes}) - set(THEMES):
        raise BadMapping(f"{field.name}: themes {sorted(unknown)}")
    before = _any_of(options.get("not_after", ()), then=r"[a-z0-9]+ ")
    needed, refused = _any_of(options.get("only_with", [""])), _any_of(options.get("never_with", ()))

    def told(text: str) -> Iterable[str]:
        said = before.sub(" ", f" {fold(text)} ")
        if needed.search(said) and not refused.search(said):
            yield from (theme for theme, words in rules.items() if words.search(said))

    def convert(raw: str | tuple[str, str]) -> tuple[str, ...]:
        code, text = ("", raw) if isinstance(raw, str) else raw
        return tuple(dict.fromkeys([*table.get(code.strip(), ()), *told(text)]))

    return convert


def _any_of(words: Iterable[str], *, then: str = "") -> re.Pattern[str]:
    """One of these, as whole words in any number (an s or an x at the end); nothing when there is none."""
    patterns = [r"[sx]? ".join(map(re.escape, fold(each).split())) for each in words]
    return re.compile("|".join(rf" {each}[sx]? {then}" if each else "" for each in patterns) if patterns else r"(?!)")


FACTORIES: dict[str, Factory] = {"told-themes": told_themes}
