"""Uploading a picture."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from PIL.Image import DecompressionBombError
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm


class HubImageField(WagtailImageField):
    """Wagtail counts the dots before it opens the picture; Pillow refuses the largest before that: told likewise."""

    def to_python(self, data: Any) -> Any:
        try:
            return super().to_python(data)
        except DecompressionBombError as error:
            told = _("Cette image a beaucoup trop de points : réduisez-la, puis recommencez.")
            raise ValidationError(told, code="file_too_many_pixels") from error


class HubImageForm(BaseImageForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if known := self.fields.get("file"):
            field = HubImageField(label=known.label, required=known.required, widget=known.widget)
            self.fields["file"] = field
