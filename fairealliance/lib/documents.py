"""Documents made by typst: A4, tagged (PDF/UA-1).

What people wrote goes in as data, never as markup: nothing they type can become an instruction of typst.
A template reads it with `#let content = json(bytes(sys.inputs.content))`.
"""

import json
import re
from pathlib import Path
from typing import Any

import typst

from fairealliance.lib.text_fr import typeset

# What the fonts embedded in typst can draw. PDF/UA refuses a document that holds any other sign.
_DRAWABLE = re.compile(
    "[^\n\u0020-\u007e\u00a0-\u00ac\u00ae-\u0377\u0384-\u038a\u038e-\u03a1\u03a3-\u04ff\u1e00-\u1eff"
    "\u2010-\u2027\u202f-\u2040\u2044-\u205e\u2070\u2074-\u208e\u20a0-\u20c0\u2190-\u21ff\u2200-\u22ff]+"
)


def to_pdf(template: Path, content: dict[str, Any], *, root: Path | None = None) -> bytes:
    """The PDF of `content` set by `template`. `root`: the folder above it that its own imports may reach."""
    pages = typst.compile(
        str(template),
        root=str(root or template.parent),
        sys_inputs={"content": json.dumps(content, ensure_ascii=False)},
        pdf_standards=["ua-1"],
        ignore_system_fonts=True,  # the same document on every machine
    )
    assert isinstance(pages, bytes)
    return pages


def drawable(text: str) -> str:
    """`text` without the signs no embedded font has (emoji, CJK…); a run of them becomes one space."""
    return re.sub(r" {2,}", " ", _DRAWABLE.sub(" ", text)).strip()


def clean(value: Any) -> Any:
    """`value` with every text in it drawable and set as French asks. Not for addresses: their signs must not move."""
    if isinstance(value, str):
        return typeset(drawable(value))
    if isinstance(value, dict):
        return {key: clean(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [clean(each) for each in value]
    return value
