"""Addresses of pages, as people type them: `www.exemple.fr` is completed, and nothing else than a page is one."""

import re
from typing import Any

from django import forms
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

HINT = _("Par exemple www.exemple.fr : nous écrivons https:// devant.")
_WRONG = _("Ce n’est pas l’adresse d’une page : écrivez www.exemple.fr, ou https://…")
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:(?!\d)", re.IGNORECASE)  # `exemple.fr:8080` has none

only_web = URLValidator(schemes=["http", "https"], message=_WRONG)
"""Raises ValidationError for what is not http nor https."""


def completed(said: str) -> str:
    """With https:// when it was typed without."""
    bare = said.strip()
    return bare if not bare or _SCHEME.match(bare) else f"https://{bare.lstrip('/')}"


class WebAddress(forms.URLField):
    """Not `type=url`, by which browsers refuse `www.exemple.fr` before we can complete it."""

    widget = forms.TextInput({"inputmode": "url", "autocomplete": "url"})
    default_validators = [only_web]
    default_error_messages = {"invalid": _WRONG}

    def __init__(self, **options: Any) -> None:
        super().__init__(assume_scheme="https", **{"help_text": HINT, **options})

    def to_python(self, value: Any) -> Any:
        return super().to_python(completed(str(value)) if value else value)
