"""What people type, as it is kept: in forms, one line or several, less the signs that nobody types."""

from typing import Any

from django import forms

from fairealliance.lib.text_fr import squeeze, without_controls


def prose(said: str) -> str:
    """Several lines, with one kind of line's end: a browser sends two signs for each, and counts one."""
    return without_controls(said.replace("\r\n", "\n").replace("\r", "\n")).strip()


class Line(forms.CharField):
    """One line."""

    def to_python(self, value: Any) -> str:
        return squeeze(without_controls(str(super().to_python(value) or "")))


class Words(forms.CharField):
    """Several lines."""

    def __init__(self, *, rows: int = 4, **options: Any) -> None:
        super().__init__(widget=forms.Textarea({"rows": rows}), **options)

    def to_python(self, value: Any) -> str:
        return prose(str(super().to_python(value) or ""))
