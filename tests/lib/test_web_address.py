"""Addresses of pages: completed when typed as people say them, refused when they are of something else."""

import pytest
from django.core.exceptions import ValidationError

from fairealliance.lib.web_address import WebAddress


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("www.exemple.fr", "https://www.exemple.fr"),
        (" exemple.fr/a?b=c ", "https://exemple.fr/a?b=c"),
        ("exemple.fr:8080/x", "https://exemple.fr:8080/x"),
        ("//exemple.fr", "https://exemple.fr"),
        ("http://exemple.fr", "http://exemple.fr"),
        ("HTTPS://exemple.fr", "HTTPS://exemple.fr"),
        ("", ""),
    ],
)
def test_what_people_type_is_completed(typed: str, kept: str) -> None:
    assert WebAddress(required=False, max_length=100).clean(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "javascript:alert(1)",
        "javascript://exemple.fr/%0aalert(1)",
        "ftp://exemple.fr/",
        "ftps://exemple.fr/",
        "data:text/html,x",
        "mailto:a@exemple.fr",
        "file:///etc/passwd",
        "tel:0612345678",
        "rien du tout",
        "https://",
    ],
)
def test_nothing_but_a_page_is_one(typed: str) -> None:
    with pytest.raises(ValidationError):
        WebAddress().clean(typed)


def test_a_browser_lets_it_through_and_the_hint_says_what_is_done() -> None:
    field = WebAddress()
    assert 'type="text"' in str(field.widget.render("site", ""))
    assert "https:// devant" in str(field.help_text)
