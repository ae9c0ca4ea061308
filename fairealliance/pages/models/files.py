"""Pictures and documents that editors upload."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import (
    AbstractImage,
    AbstractRendition,
    WagtailImageField,
    WagtailImageFieldFile,
    get_upload_to,
)
from wagtail.utils.file import hash_filelike

from fairealliance.pages.bare import bare


class BareImageFile(WagtailImageFieldFile):
    """Whichever screen a picture comes by, what its file says beside it is never written to the disk."""

    def save(self, name: str, content: Any, save: bool = True) -> None:
        kept = ContentFile(bare(content), name)
        super().save(name, kept, save=False)
        self.instance.file_size, self.instance.file_hash = kept.size, hash_filelike(kept)
        if save:
            self.instance.save()


class BareImageField(WagtailImageField):
    attr_class = BareImageFile


class HubImage(AbstractImage):
    """A picture, with what it shows in words; or said to be decorative, in so many words."""

    file = BareImageField(_("fichier"), upload_to=get_upload_to, width_field="width", height_field="height")
    alt = models.CharField(
        _("texte de remplacement"),
        max_length=250,
        blank=True,
        help_text=_("Ce que montre l’image, en une phrase : c’est ce qu’entendent ceux qui ne la voient pas."),
    )
    is_decorative = models.BooleanField(
        _("image décorative"),
        default=False,
        help_text=_("À cocher seulement si l’image n’apprend rien à qui ne la voit pas."),
    )
    credit = models.CharField(
        _("crédit"), max_length=200, blank=True, help_text=_("Qui l’a faite, sous quelle licence.")
    )

    admin_form_fields = (
        *("title", "file", "alt", "is_decorative", "credit", "collection", "tags"),
        *("focal_point_x", "focal_point_y", "focal_point_width", "focal_point_height"),
    )

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")
        constraints = [
            models.CheckConstraint(condition=~Q(alt="") | Q(is_decorative=True), name="pages_image_says_what_it_shows")
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.file and not self.file._committed:
            # Now, for Django would only after it took the size and the dimensions, which stripping changes.
            self.file.save(self.file.name, self.file.file, save=False)
        super().save(*args, **kwargs)

    def clean(self) -> None:
        super().clean()
        self.alt = self.alt.strip()
        if not self.alt and not self.is_decorative:
            raise ValidationError({"alt": _("Dites en une phrase ce que montre l’image, ou cochez « décorative ».")})

    @property
    def default_alt_text(self) -> str:
        return "" if self.is_decorative else self.alt


class HubRendition(AbstractRendition):
    """A picture at a size that a page needs."""

    image = models.ForeignKey(HubImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["image", "filter_spec", "focal_point_key"], name="pages_rendition_once")
        ]

    def __str__(self) -> str:
        return str(self.file)


class HubDocument(AbstractDocument):
    """A file to download."""

    admin_form_fields: Any = ("title", "file", "collection", "tags")

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")
