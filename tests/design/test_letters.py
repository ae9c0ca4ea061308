"""What every mail looks like: readable at any width, light or dark, with nothing of what is told taken for markup."""

import io
import re

import pytest
import vl_convert
from django.template.loader import render_to_string
from PIL import Image, ImageChops

from fairealliance.design.letters import MARK_FILE, Foot, Item, Mail, Way, greeting, html_of, parts, quoted, text_of
from tests.design.test_contrast import contrast, themes

HERE = "http://127.0.0.1:8000"
WHY = "Vous recevez ce courriel parce que c’est un essai."


def letter(*items: Item, name: str = "") -> Mail:
    return Mail("Objet <b>", items, Foot(WHY), name)


def shown(text: str, **more: str) -> str:
    return html_of(letter(Item("Titre", text), **more))


def test_a_mail_is_typeset_and_what_it_tells_is_text() -> None:
    made = shown("Bonjour <script>x</script> : voici\n\nLa suite :\n" + HERE + "/a/?x=1&y=2\n\nFin")
    assert "&lt;script&gt;x&lt;/script&gt;\u00a0: voici" in made, "no line begins with a colon"
    assert f'<a href="{HERE}/a/?x=1&amp;y=2"' in made
    assert ">La suite</a>" in made, "a link by its words, not by its address"
    assert "<title>Objet &lt;b&gt;</title>" in made


def test_what_somebody_wrote_is_seen_as_theirs_and_leads_nowhere() -> None:
    """Else a stranger's words, and their links, would pass for ours."""
    told = quoted(f"Bonjour <b>\n\nVotre compte expire :\n{HERE}/faux/ ou www.evil.test")
    assert [line[:2] for line in told.split("\n")] == ["> "] * 4
    made = shown(f"L’Autre écrit :\n\n{told}")
    assert "Bonjour &lt;b&gt;<br><br>Votre compte" in made
    assert "/faux/" not in "".join(re.findall(r'href="([^"]*)"', made))


@pytest.mark.parametrize("text", ["https://evil.test/a/", "Suivez :\nhttps://evil.test/", "www.evil.test demande"])
def test_only_our_own_pages_are_links(text: str) -> None:
    """The name of an organisation, which anybody chooses, may be an address."""
    assert [part.href for part in parts(text)] == [""]
    assert "evil" not in "".join(re.findall(r'href="([^"]*)"', shown(text)))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Titre\n• une raison\n• une autre", "list"),
        ("719977", "code"),
        ("K7PQ-R2TX", "code"),
        ("Une phrase.", "text"),
        (f"Ici :\n{HERE}/a/", "way"),
    ],
)
def test_a_paragraph_is_seen_as_what_it_is(text: str, kind: str) -> None:
    assert [part.kind for part in parts(text)] == [kind]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Claire Fontaine", "Bonjour Claire Fontaine,"),
        ("  Claire\n Fontaine ", "Bonjour Claire Fontaine,"),
        ("", "Bonjour,"),
        ("   ", "Bonjour,"),
        ("claire@exemple.fr", "Bonjour,"),
        ("Gagnez sur https://evil.test", "Bonjour,"),
        ("allez sur evil.test", "Bonjour,"),
        ("x" * 200, "Bonjour,"),
    ],
)
def test_greeted_by_a_name_that_is_known_and_is_one(name: str, said: str) -> None:
    assert greeting(name) == said
    made = letter(Item("Titre", "Texte."), name=name)
    assert text_of(made).startswith(f"{said}\n\nTexte.")
    assert said in html_of(made)


def test_several_have_each_their_heading_and_their_button_and_say_once_what_all_say() -> None:
    way = Way("Répondre", f"{HERE}/a/")
    made = letter(Item("Un", "Ceci.", way, "Une minute suffit."), Item("Deux", "Cela.", way, "Une minute suffit."))
    html, text = html_of(made), text_of(made)
    assert re.findall(r"<h[12][^>]*>([^<]+)", html) == ["2 nouvelles pour vous", "Un", "Deux"]
    assert html.count('class="m-main"') == text.count("Répondre :") == 2
    assert html.count("Une minute suffit.") == text.count("Une minute suffit.") == 1


def test_the_address_stands_small_under_its_button() -> None:
    made = html_of(letter(Item("Titre", "Texte.", Way("Répondre", f"{HERE}/une/longue/adresse/"))))
    assert f">{HERE}/une/longue/adresse/</a>" in made.split('class="m-main"')[1]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_colours_are_those_of_the_identity_and_are_read_on_their_ground(theme: str) -> None:
    """Each colour has a ground of ours under it, so that none is left to that of a reader."""
    told = f"Texte.\n\n{quoted('Mots.')}\n\nIci :\n{HERE}/a/"
    html = html_of(letter(Item("Titre", told, Way("Répondre", f"{HERE}/a/"))))
    known, (sheet, body) = themes()[theme], html.split("</style>")
    used = set(re.findall(r"#[0-9a-f]{6}", sheet.split("prefers-color-scheme: dark")[1] if theme == "dark" else body))
    assert used <= set(known.values()), used - set(known.values())
    for text, ground in (("ink", "paper"), ("ink", "raised"), ("ink", "sunk"), ("muted", "raised"), ("muted", "paper")):
        assert contrast(known[text], known[ground]) >= 4.5
    assert contrast(known["on-alliance"], known["alliance"]) >= 4.5
    classes = {name for told in re.findall(r'class="([^"]+)"', body) for name in told.split()}
    coloured = {name for name in classes if f".{name} " in sheet.split("prefers-color-scheme: dark")[1]}
    assert classes - coloured == {"m-room", "m-button"}, "each has its dark colour, or no colour"
    assert 'name="color-scheme" content="light dark"' in html


def test_the_picture_of_the_mark_is_the_mark() -> None:
    """Drawn again from the component, with the colours of the identity."""
    svg = render_to_string("design/components/mark/mark.html", {"spheres": None, "size": "", "label": ""})
    colours = themes()["light"]
    svg = re.sub(r'class="mark-(\w+)"', lambda found: f'fill="{colours[found[1]]}"', svg)
    svg = re.sub(
        r"<svg[^>]*", '<svg xmlns="http://www.w3.org/2000/svg" width="58" height="56" viewBox="3 3 58 56"', svg
    )
    drawn = Image.open(io.BytesIO(vl_convert.svg_to_png(svg, scale=2))).convert("RGBA")
    kept = Image.open(MARK_FILE).convert("RGBA")
    assert drawn.size == kept.size
    grounds = [Image.new("RGBA", drawn.size, "white") for _each in range(2)]
    for ground, picture in zip(grounds, (drawn, kept), strict=True):
        ground.alpha_composite(picture)
    difference = ImageChops.difference(*(ground.convert("L") for ground in grounds))
    assert sum(difference.histogram()[40:]) < 200, "dots of its edges, no more"
    assert MARK_FILE.stat().st_size < 4_000
