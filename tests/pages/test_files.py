"""What editors upload: said in words, harmless, and not given to whom it is not for."""

import zlib
from io import BytesIO
from pathlib import Path
from struct import pack

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from PIL import Image
from wagtail.images.forms import get_image_form
from wagtail.models import Collection, CollectionViewRestriction

from fairealliance.accounts.actors import SYSTEM
from fairealliance.journal.models import Entry
from fairealliance.pages.bare import bare
from fairealliance.pages.models import HubDocument, HubImage
from fairealliance.pages.stored import strip_pictures
from tests.pages.conftest import png

pytestmark = pytest.mark.django_db
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def bomb() -> SimpleUploadedFile:
    """A PNG of a few kilobytes that would take gigabytes once open."""
    side = 60_000

    def chunk(kind: bytes, data: bytes) -> bytes:
        return pack(">I", len(data)) + kind + data + pack(">I", zlib.crc32(kind + data))

    rows = zlib.compress(b"\x00" * 1_000_000, 9)
    head = chunk(b"IHDR", pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0))
    return SimpleUploadedFile("bombe.png", b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", rows) + chunk(b"IEND", b""))


def errors_of(file: SimpleUploadedFile, **told: object) -> dict[str, list[str]]:
    form = get_image_form(HubImage)({"title": "x", "alt": "Une mairie", "collection": 1, **told}, {"file": file})
    form.is_valid()
    return form.errors


def test_picture_says_what_it_shows() -> None:
    assert "ou cochez « décorative »" in str(errors_of(png(), alt=" ")["alt"])
    assert "alt" not in errors_of(png(), alt="", is_decorative="on")
    assert "alt" not in errors_of(png())


def test_picture_without_words_is_refused_by_the_database() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        HubImage.objects.create(title="x", file=png(), alt="")
    assert HubImage.objects.create(title="x", file=png(), alt="", is_decorative=True).default_alt_text == ""


@pytest.mark.parametrize(
    "file",
    [
        SimpleUploadedFile("dessin.svg", SVG, "image/svg+xml"),
        SimpleUploadedFile("dessin.png", SVG, "image/png"),
        SimpleUploadedFile("page.png", b"<html><script>alert(1)</script>", "image/png"),
        SimpleUploadedFile("vide.png", b"", "image/png"),
    ],
    ids=["svg", "svg told png", "html told png", "empty"],
)
def test_what_is_no_picture_is_refused(file: SimpleUploadedFile) -> None:
    assert "file" in errors_of(file)


def test_image_bomb_is_refused() -> None:
    assert "file" in errors_of(bomb())


def test_pixels_are_counted(settings) -> None:
    """Control: the same picture passes under the limit and is refused above it."""
    assert "file" not in errors_of(png(100, 100))
    settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS = 9_999
    assert "file" in errors_of(png(100, 100))


@pytest.fixture
def image(db: None) -> HubImage:
    return HubImage.objects.create(title="Mairie", file=png(600, 400), alt="Une mairie")


def read(answer: object) -> bytes:
    return BytesIO(b"".join(answer.streaming_content)).getvalue()  # type: ignore[attr-defined]


def close(collection: Collection) -> None:
    CollectionViewRestriction.objects.create(collection=collection, restriction_type=CollectionViewRestriction.LOGIN)


# Wagtail leaves the temporary file of a rendition to the collector.
unclosed = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning", "ignore::ResourceWarning")


@unclosed
def test_rendition_is_served_and_kept(client: Client, image: HubImage) -> None:
    rendition = image.get_rendition("width-300")
    answer = client.get(rendition.url)
    assert read(answer).startswith(b"\x89PNG")
    assert answer["Content-Type"] == "image/png"
    assert "immutable" in answer["Cache-Control"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    again = client.get(rendition.url, headers={"if-modified-since": answer["Last-Modified"]})
    assert again.status_code == 304


@pytest.mark.parametrize(
    "path", ["/media/images/../secret_key", "/media/images/absent.png", "/media/images/", "/media/documents/x.pdf"]
)
def test_nothing_else_is_served(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


def test_original_is_not_served(client: Client, image: HubImage) -> None:
    assert client.get(f"/media/{image.file.name}").status_code == 404


@unclosed
def test_private_collection_is_not_public(client: Client, image: HubImage, desk: Client) -> None:
    rendition = image.get_rendition("width-200")
    private = Collection.get_first_root_node().add_child(name="Entre nous")
    close(private)
    HubImage.objects.filter(pk=image.pk).update(collection=private)
    assert Client().get(rendition.url).status_code == 404
    answer = desk.get(rendition.url)
    assert answer["Cache-Control"] == "private, no-store"
    read(answer)


def test_document_is_given_to_keep_not_to_run(client: Client, db) -> None:
    file = SimpleUploadedFile("note.txt", b"<script>alert(1)</script>")
    document = HubDocument.objects.create(title="Note", file=file)
    answer = client.get(document.url)
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'"
    assert read(answer) == b"<script>alert(1)</script>"


def test_private_document_asks_to_sign_in(client: Client, db) -> None:
    private = Collection.get_first_root_node().add_child(name="Entre nous")
    close(private)
    document = HubDocument.objects.create(title="Note", file=SimpleUploadedFile("n.pdf", b"%PDF"), collection=private)
    answer = client.get(document.url)
    assert answer.status_code == 302
    assert "login" in answer["Location"]


def telling_photo() -> SimpleUploadedFile:
    """A photo taken on its side, that says where and by whom, in Exif, XMP and a comment."""
    exif = Image.Exif()
    exif[0x0112] = 6  # turn it to the right
    exif[0x010F] = "Appareil secret"
    exif.get_ifd(0x8825).update({1: "N", 2: (45.0, 26.0, 0.0), 3: "E", 4: (4.0, 23.0, 0.0)})
    kept = BytesIO()
    Image.new("RGB", (60, 40), "teal").save(
        kept, "JPEG", exif=exif, comment=b"Appareil secret", xmp=b"<x>Appareil secret</x>"
    )
    return SimpleUploadedFile("photo.jpg", kept.getvalue(), "image/jpeg")


@unclosed
def test_picture_does_not_say_where_it_was_taken() -> None:
    told = telling_photo()
    assert told.read().count(b"Appareil secret") == 3
    told.seek(0)
    form = get_image_form(HubImage)({"title": "x", "alt": "Une mairie", "collection": 1}, {"file": told})
    assert form.is_valid(), form.errors
    image = form.save()
    image.refresh_from_db()
    for kept in (image.file, image.get_rendition("width-30").file):
        with kept.open() as file:
            content = file.read()
        assert b"secret" not in content
        assert not Image.open(BytesIO(content)).getexif()
    assert (image.width, image.height) == (40, 60)  # upright
    assert image.file_size == image.file.size


@pytest.mark.parametrize("kind", ["GIF", "PNG", "WEBP"])
def test_moving_picture_keeps_moving(kind: str) -> None:
    kept = BytesIO()
    frames = [Image.new("RGB", (20, 10), colour) for colour in ("red", "green", "blue")]
    frames[0].save(kept, kind, save_all=True, append_images=frames[1:], duration=120, loop=0)
    with Image.open(BytesIO(bare(kept))) as shown:
        assert (shown.format, shown.n_frames) == (kind, 3)


def test_transparency_and_colours_are_kept() -> None:
    kept = BytesIO()
    Image.new("RGBA", (20, 10), (10, 200, 30, 120)).save(kept, "PNG")
    with Image.open(BytesIO(bare(kept))) as shown:
        assert shown.convert("RGBA").getpixel((3, 3)) == (10, 200, 30, 120)


@unclosed
def test_pictures_stored_before_lose_what_they_say(django_capture_on_commit_callbacks) -> None:
    image = HubImage.objects.create(title="x", alt="Une mairie", file=telling_photo())
    old = image.file.name
    Path(image.file.path).write_bytes(telling_photo().read())  # as it was kept then
    focus = {"focal_point_x": 15, "focal_point_y": 10, "focal_point_width": 12, "focal_point_height": 8}
    HubImage.objects.filter(pk=image.pk).update(width=60, height=40, **focus)  # drawn at a quarter, on it upright
    image.refresh_from_db()
    silent = HubImage.objects.create(title="y", alt="Une halle", file=telling_photo())
    lost = HubImage.objects.create(title="z", alt="Un pont", file=telling_photo())
    lost.file.storage.delete(lost.file.name)
    rendition = image.get_rendition("width-30")
    with django_capture_on_commit_callbacks(execute=True):
        assert strip_pictures(by=SYSTEM) == (1, 1)
    image.refresh_from_db()
    content = Path(image.file.path).read_bytes()
    assert b"secret" not in content
    assert (image.file_size, image.width, image.height) == (len(content), 40, 60)
    point = image.get_focal_point()
    assert (point.centroid_x, point.centroid_y, point.width, point.height) == (10, 15, 8, 12)  # still at a quarter
    assert not image.file.storage.exists(old)
    assert not type(rendition).objects.exists()
    assert strip_pictures(by=SYSTEM) == (0, 1)
    assert HubImage.objects.get(pk=silent.pk).file.name == silent.file.name
    assert Entry.objects.filter(verb="picture-stripped").count() == 1
