"""Our own guides, from Markdown to HTML: no HTML passes through, titles are lowered, addresses are the caller's."""

import re
from collections.abc import Callable

from markdown_it import MarkdownIt
from markdown_it.token import Token

from fairealliance.lib.french_numbers import NO_BREAK

_BEFORE, _AFTER = re.compile(r" (?=[;:!?»])"), re.compile(r"(?<=«) ")
_LANGUAGE = MarkdownIt("commonmark", {"html": False}).enable("table")
Address = Callable[[str], str]


def split_title(text: str) -> tuple[str, str]:
    """The first title, and the rest."""
    first, _newline, rest = text.lstrip().partition("\n")
    return (_held(first.lstrip("# ").strip()), rest) if first.startswith("# ") else ("", text)


def to_html(text: str, *, deeper: int = 0, address: Address = str) -> str:
    """`deeper`: how many levels titles go down; `address`: what a link or a picture of the text leads to.

    An address written as code (`/mon-espace/`) is a link too. Wide tables scroll within their frame.
    """
    tokens = _LANGUAGE.parse(text)
    tables = 0
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(int(token.tag[1]) + deeper, 6)}"
        elif token.type == "table_open":
            tables += 1
            token.meta["number"] = tables
        elif token.type == "inline":
            token.children = [new for each in token.children or () for new in _inline(each, address)]
    return str(_LANGUAGE.renderer.render(tokens, _LANGUAGE.options, {}))


def _held(words: str) -> str:
    """French signs hold to their words."""
    return _AFTER.sub(NO_BREAK, _BEFORE.sub(NO_BREAK, words))


def _inline(token: Token, address: Address) -> list[Token]:
    if token.type == "text":
        token.content = _held(token.content)
    elif token.type == "link_open":
        token.attrSet("href", address(str(token.attrGet("href"))))
    elif token.type == "image":
        token.attrSet("src", address(str(token.attrGet("src"))))
        token.attrSet("loading", "lazy")
    elif token.type == "code_inline" and re.fullmatch(r"/[\w/?=.-]+", token.content):
        return [Token("link_open", "a", 1, attrs={"href": token.content}), token, Token("link_close", "a", -1)]
    return [token]


def _table(renderer: object, tokens: list[Token], place: int, options: object, env: object) -> str:
    label = f"Tableau {tokens[place].meta['number']}"
    return f'<div class="scroll" tabindex="0" role="region" aria-label="{label}"><table>'


def _table_end(renderer: object, tokens: list[Token], place: int, options: object, env: object) -> str:
    return "</table></div>"


_LANGUAGE.add_render_rule("table_open", _table)
_LANGUAGE.add_render_rule("table_close", _table_end)
