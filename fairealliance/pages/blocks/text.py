"""Words: paragraphs, quotes, things to unfold."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

SHORT = ["bold", "italic", "link", "document-link"]
FULL = ["h2", "h3", "ol", "ul", *SHORT]


class TextBlock(blocks.RichTextBlock):
    """Paragraphs, titles, lists, links: nothing that could break the page or load anything from elsewhere."""

    class Meta:
        icon = "pilcrow"
        label = _("Texte")
        group = _("Écrire")
        template = "pages/blocks/text.html"
        description = _("Des paragraphes, avec titres, listes et liens.")
        preview_value = "<h2>Un titre</h2><p>Un paragraphe avec un <b>mot fort</b>.</p><ul><li>Un point</li></ul>"


class QuoteBlock(blocks.StructBlock):
    """Somebody's words."""

    text = blocks.TextBlock(label=_("Citation"), max_length=600)
    author = blocks.CharBlock(label=_("Qui parle"), max_length=120, required=False)
    role = blocks.CharBlock(label=_("À quel titre"), max_length=160, required=False)

    class Meta:
        icon = "openquote"
        label = _("Citation")
        group = _("Écrire")
        template = "pages/blocks/quote.html"
        description = _("Les mots de quelqu’un, mis en valeur.")
        preview_value = {"text": "Seul on va plus vite, ensemble on va plus loin.", "author": "Une maire", "role": ""}


class AccordionBlock(blocks.StructBlock):
    """Questions whose answers unfold, without script."""

    items = blocks.ListBlock(
        blocks.StructBlock(
            [
                ("title", blocks.CharBlock(label=_("Question ou titre"), max_length=200)),
                ("text", blocks.RichTextBlock(label=_("Réponse"), features=[*SHORT, "ol", "ul"])),
            ]
        ),
        label=_("À déplier"),
        min_num=1,
    )

    class Meta:
        icon = "list-ul"
        label = _("Questions à déplier")
        group = _("Écrire")
        template = "pages/blocks/accordion.html"
        description = _("Une liste de questions ; la réponse se déplie.")
        preview_value = {"items": [{"title": "Faut-il un compte ?", "text": "<p>Non.</p>"}]}
