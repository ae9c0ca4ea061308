"""Pictures and files."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock


class PictureBlock(blocks.StructBlock):
    """A picture with its legend. What it shows in words was said when it was uploaded."""

    image = ImageChooserBlock(label=_("Image"))
    legend = blocks.CharBlock(label=_("Légende"), max_length=300, required=False)

    class Meta:
        icon = "image"
        label = _("Image")
        group = _("Montrer")
        template = "pages/blocks/picture.html"
        description = _("Une image de la médiathèque, avec sa légende.")


class DownloadsBlock(blocks.StructBlock):
    """Files to take away, each with its kind and its weight."""

    title = blocks.CharBlock(label=_("Titre"), max_length=120, required=False)
    files = blocks.ListBlock(DocumentChooserBlock(label=_("Fichier")), label=_("Fichiers"), min_num=1)

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        """A file that was deleted is left out."""
        found = super().get_context(value, parent_context)
        return {**found, "files": [each for each in value.get("files") or [] if each is not None]}

    class Meta:
        icon = "download"
        label = _("Fichiers à télécharger")
        group = _("Montrer")
        template = "pages/blocks/downloads.html"
        description = _("Une liste de documents, avec leur type et leur poids.")
