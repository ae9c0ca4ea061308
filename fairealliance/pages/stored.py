"""Pictures stored before the site took away what a file says beside its picture."""

from django.core.files.base import ContentFile
from django.db import transaction
from PIL import Image

from fairealliance.accounts.actors import Actor
from fairealliance.accounts.permissions import require_hub_editor
from fairealliance.journal.actions import record
from fairealliance.pages.models import HubImage

_TELLING = ("exif", "xmp", "XML:com.adobe.xmp", "comment", "photoshop")


def strip_pictures(*, by: Actor) -> tuple[int, int]:
    """Draws anew those that still say something. Returns how many, and how many files are not there. Again: none."""
    require_hub_editor(by)
    stripped = missing = 0
    for image in HubImage.objects.order_by("pk").iterator(chunk_size=100):
        try:
            stripped += _strip(by, image)
        except FileNotFoundError:
            missing += 1
    return stripped, missing


def _strip(by: Actor, image: HubImage) -> bool:
    with image.file.open() as file, Image.open(file) as shown:
        if not any(shown.info.get(name) for name in _TELLING) and not shown.getexif():
            return False
        file.seek(0)
        content = ContentFile(file.read())
    old, storage, before = image.file.name, image.file.storage, (image.width, image.height)
    with transaction.atomic():
        image.file.save(old.rpartition("/")[2], content, save=False)
        _keep_focus(image, before)
        image.save()
        for rendition in image.renditions.all():
            rendition.delete()  # made again when a page asks, from what says nothing
        record(by=by, verb="picture-stripped", subject=f"image:{image.pk}")
        transaction.on_commit(lambda: storage.delete(old))
    return True


def _keep_focus(image: HubImage, before: tuple[int, int]) -> None:
    """What matters most in the picture was drawn on it upright, in the measures of the file lying down."""
    across, down = image.width / before[0], image.height / before[1]
    for name, ratio in (("x", across), ("width", across), ("y", down), ("height", down)):
        value = getattr(image, f"focal_point_{name}")
        if value is not None:
            setattr(image, f"focal_point_{name}", round(value * ratio))
