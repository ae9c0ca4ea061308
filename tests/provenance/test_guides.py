"""The guides of docs/, read on the site."""

import re
from pathlib import Path

import pytest
from django.test import Client

from fairealliance.lib.markdown_fr import split_title, to_html
from fairealliance.provenance import guides

pytestmark = pytest.mark.django_db


def read(address: str) -> str:
    answer = Client().get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def test_help_lists_them_all_and_each_is_read() -> None:
    index = read("/aide/")
    listed = [*guides.of(guides.FOR_ALL), *guides.of(guides.FOR_FILES)]
    assert len(listed) == len(guides.FOR_ALL) + len(guides.FOR_FILES)
    for guide in listed:
        assert f'href="{guide.address}"' in index
        page = read(guide.address)
        assert page.count("<h1>") == 1
        assert "**" not in page[page.index("<main") : page.index("</main>")].replace("<code>", "")
        source = (guides.FOLDER / f"{guide.slug}.md").read_text(encoding="utf-8")
        titles = re.findall(r"^## (.+)$", source, re.MULTILINE)
        assert page.count("<h2>") >= len(titles)


def test_what_it_was_silent_on_has_its_guide() -> None:
    for slug in (
        "mon-compte",
        "mon-organisation",
        "besoins-et-offres",
        "mises-en-relation",
        "catalyseurs",
        "suggestions",
    ):
        assert f'href="/aide/{slug}/"' in read("/aide/")


def test_links_between_guides_and_to_pages_lead_somewhere() -> None:
    page = read("/aide/mon-compte/")
    assert '<a href="/aide/mon-organisation/">' in page
    assert '<a href="/inscription/"><code>/inscription/</code></a>' in page
    for guide in guides.of(guides.FOR_ALL):
        text = guides.page(guide.slug)
        assert text is not None
        for address in set(re.findall(r'href="(/[^"?#]*)', text[1])):
            assert Client().get(address).status_code != 404, f"{guide.slug}: {address}"
        assert not re.search(r'href="[^"/][^":]*\.md"', text[1])


@pytest.mark.parametrize("slug", ["rien", "guide-editeurs", "architecture", "adr"])
def test_what_is_no_guide_for_them_is_not_found(slug: str) -> None:
    assert Client().get(f"/aide/{slug}/").status_code == 404


def test_without_its_documents_the_site_stands(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(guides, "FOLDER", tmp_path)
    guides._read.cache_clear()
    try:
        assert "Les guides, pas à pas" not in read("/aide/")
        assert Client().get("/aide/mon-compte/").status_code == 404
    finally:
        monkeypatch.undo()
        guides._read.cache_clear()


def test_pages_lead_to_the_guide_that_helps() -> None:
    assert 'href="/aide/mon-compte/"' in read("/inscription/")
    assert 'href="/aide/catalyseurs/"' in read("/catalyseurs/")


def test_no_html_passes_and_signs_hold_to_their_words() -> None:
    told = to_html(
        "# Un <b>\n\nQui ? « Moi » : oui ! <script>x</script>\n\n| a | b |\n| - | - |\n| 1 | 2 |\n", deeper=1
    )
    assert "<script>" not in told
    assert "<h2>Un &lt;b&gt;</h2>" in told
    assert "Qui\xa0? «\xa0Moi\xa0»\xa0: oui\xa0!" in told
    assert 'role="region" aria-label="Tableau 1"' in told
    assert split_title("# Titre : le guide\nSuite") == ("Titre\xa0: le guide", "Suite")
