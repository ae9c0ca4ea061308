"""One small stylesheet under its digest."""

import gzip
import re

import pytest
from django.test import Client
from django.urls import reverse

from fairealliance.design import stylesheet


def test_served_for_ever_under_its_digest(client: Client) -> None:
    sheet = stylesheet.build()
    answer = client.get(reverse("design:style", kwargs={"digest": sheet.digest}))
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/css; charset=utf-8"
    assert "immutable" in answer["Cache-Control"]
    assert answer.content.decode() == sheet.text


def test_an_old_digest_leads_to_the_present_one(client: Client) -> None:
    answer = client.get("/design/style-000000000000.css")
    assert answer.status_code == 302
    assert answer["Location"] == reverse("design:style", kwargs={"digest": stylesheet.build().digest})


@pytest.mark.django_db  # a page not found may have moved: the redirects are looked at
def test_a_nonsense_digest_is_not_found(client: Client) -> None:
    assert client.get("/design/style-zz.css").status_code == 404


def test_it_stays_small_and_asks_for_nothing_else() -> None:
    text = stylesheet.build().text
    assert len(gzip.compress(text.encode())) <= 20_000  # what the first page brings; the next ones have it
    assert "@import" not in text
    assert not re.search(r"url\((?!#)", text)  # a pattern of the page itself is no request


def test_minifying_keeps_what_separates_words() -> None:
    text = stylesheet.build().text
    assert text.count("{") == text.count("}")
    assert "calc(var(--page) + 2 * var(--gutter))" in text
    assert "/*" not in text


def test_every_variable_used_is_defined() -> None:
    text = stylesheet.build().text
    used = set(re.findall(r"var\((--[a-z0-9-]+)", text))
    assert used <= set(re.findall(r"(--[a-z0-9-]+):", text))
