"""Photos and documents: told by what they hold, cleaned, bounded; personal data that goes in time."""

import io
import zipfile
import zlib
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from PIL import Image

from fairealliance.accounts import limits
from fairealliance.accounts.models import RateCount, User
from fairealliance.config import middleware
from fairealliance.contributions import actions
from fairealliance.contributions.actions import attachments
from fairealliance.contributions.actions.attachments import path_of
from fairealliance.contributions.enums import Status
from fairealliance.contributions.models import AccessLink, Attachment, Correction, Message, Proposal
from fairealliance.contributions.story import story_of
from fairealliance.journal.models import Entry
from fairealliance.lib import sent_files
from fairealliance.lib.lives import NotAllowed
from fairealliance.territories.enums import Level
from fairealliance.territories.models import Membership
from tests.contributions.conftest import Proposing
from tests.factories import TerritoryFactory
from tests.pages import read

pytestmark = pytest.mark.django_db

GPS = 0x8825


def image(kind: str = "JPEG", size: tuple[int, int] = (60, 40), **options) -> bytes:
    kept = io.BytesIO()
    Image.new("RGB", size, "green").save(kept, kind, **options)
    return kept.getvalue()


def with_place() -> bytes:
    exif = Image.Exif()
    exif[0x010F] = "Marque"
    exif[0x0112] = 6  # held upright: the picture lies on its side
    exif.get_ifd(GPS)[1] = "N"
    exif.get_ifd(GPS)[2] = (45.0, 26.0, 0.0)
    return image(exif=exif.tobytes(), size=(60, 40))


def take(content: bytes):
    return sent_files.take_photo(io.BytesIO(content), len(content))


def test_a_photo_loses_where_it_was_taken_and_stands_upright() -> None:
    assert dict(Image.open(io.BytesIO(with_place())).getexif().get_ifd(GPS))  # control: it was there
    taken = take(with_place())
    cleaned = Image.open(io.BytesIO(taken.content))
    assert not cleaned.getexif()
    assert b"Marque" not in taken.content
    assert (taken.width, taken.height) == (40, 60)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_kinds_of_photos(kind: str) -> None:
    taken = take(image(kind))
    assert Image.open(io.BytesIO(taken.content)).format == "JPEG"


def test_a_large_photo_is_made_smaller() -> None:
    taken = take(image(size=(4000, 1000)))
    assert (taken.width, taken.height) == (1800, 450)


def test_what_hides_after_a_photo_is_left_behind() -> None:
    assert b"<script>" not in take(image() + b"<script>alert(1)</script>").content


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
NOT_PHOTOS = {
    "svg": SVG,
    "html": b"<html><script>alert(1)</script></html>",
    "gif": b"GIF89a" + b"0" * 60,
    "cut": image()[:200],
    "pdf": b"%PDF-1.7",
    "nothing": b"",
}


@pytest.mark.parametrize("name", NOT_PHOTOS)
def test_what_is_no_photo_is_refused_in_words(name: str) -> None:
    with pytest.raises(sent_files.Refused) as refused:
        take(NOT_PHOTOS[name])
    assert str(refused.value)


def test_a_bomb_is_refused_before_it_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sent_files, "MOST_PIXELS", 1000)
    assert sent_files.MOST_PIXELS_WHOLE < 7700 * 7700
    monkeypatch.setattr(sent_files, "_drawn_anew", lambda image: pytest.fail("it was decoded"))
    with pytest.raises(sent_files.Refused, match="trop grande"):
        take(image(size=(100, 100)))


def test_a_bomb_that_pillow_itself_refuses_is_told_as_too_large() -> None:
    file = io.BytesIO()
    Image.new("1", (19_000, 19_000)).save(file, "PNG")
    with pytest.raises(sent_files.Refused, match="trop grande"):
        take(file.getvalue())


@pytest.mark.parametrize(
    ("content", "is_drafted"),
    [(image("JPEG"), True), (image("JPEG", progressive=True), False), (image("PNG"), False), (image("WEBP"), False)],
    ids=["JPEG", "progressive", "PNG", "WEBP"],
)
def test_what_is_held_whole_while_it_is_read_may_have_fewer_points(
    content: bytes, is_drafted: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sent_files, "MOST_PIXELS_WHOLE", 1000)
    if is_drafted:
        assert take(content).width == 60
    else:
        with pytest.raises(sent_files.Refused, match="trop grande"):
            take(content)


def zipped(entries: dict[str, bytes]) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return kept.getvalue()


DOCX = {"[Content_Types].xml": b"<x/>", "word/document.xml": b"<x/>"}
ODT = {"mimetype": sent_files.CONTENT_TYPES["odt"].encode(), "content.xml": b"<x/>"}
PDF = b"%PDF-1.7\n1 0 obj\nendobj\ntrailer\n%%EOF\n"


def document(content: bytes):
    return sent_files.take_document(io.BytesIO(content), len(content))


@pytest.mark.parametrize(("content", "extension"), [(PDF, "pdf"), (zipped(DOCX), "docx"), (zipped(ODT), "odt")])
def test_kinds_of_documents(content: bytes, extension: str) -> None:
    assert document(content).extension == extension


def pdf_with(stream: bytes, told: bytes = b"/Type /ObjStm /Filter /FlateDecode") -> bytes:
    return PDF.replace(b"endobj", b"<< " + told + b" >>\nstream\n" + stream + b"\nendstream\nendobj")


def typed_as(kind: str) -> bytes:
    return f'<Types><Override PartName="/word/m.bin" ContentType="{kind}"/></Types>'.encode()


VBA = "application/vnd.ms-office.vbaProject"
RELS = b'<Relationship Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject" Target="m.bin"/>'
SCRIPT = zlib.compress(b"1 0 << /S /JavaScript /JS (app.alert(1)) >>")
REFUSED = {
    "a script whose name is written in numbers": PDF.replace(b"endobj", b"/S /J#61vaScript endobj"),
    "a script in a compressed part": pdf_with(zlib.compress(b"1 0 << /S /JavaScript /JS (app.alert(1)) >>")),
    "objects we cannot open": pdf_with(b"not deflated at all"),
    "a PDF with a password": PDF.replace(b"trailer", b"trailer << /Encrypt 5 0 R >>"),
    "a macro under another name": zipped({**DOCX, "[Content_Types].xml": typed_as(VBA), "word/m.bin": b"x"}),
    "the same in UTF-16": zipped({**DOCX, "[Content_Types].xml": typed_as(VBA).decode().encode("utf-16")}),
    "the same by numbers": zipped({**DOCX, "[Content_Types].xml": typed_as("application/&#118;baProject")}),
    "a macro told by a link": zipped({**DOCX, "word/_rels/document.xml.rels": RELS}),
    "an object put in": zipped({**DOCX, "word/embeddings/oleObject1.bin": b"x"}),
    "an entity": zipped({**DOCX, "word/document.xml": b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x/>'}),
    "an entity in UTF-16": zipped({**ODT, "content.xml": '<!DOCTYPE x [<!ENTITY a "b">]><x/>'.encode("utf-16")}),
    "a part written outside": zipped({**DOCX, "word/../../x.txt": b"x"}),
    "a part written at the root, as Windows says it": zipped({**DOCX, "\\x.txt": b"x"}),
    "a template fetched elsewhere": zipped(
        {
            **DOCX,
            "word/_rels/settings.xml.rels": b'<R Type="x/attachedTemplate" Target="http://x" TargetMode="External"/>',
        }
    ),
    **{
        f"a script in a part that begins after {end!r}": pdf_with(SCRIPT).replace(b">>\nstream\n", b">>\nstream" + end)
        for end in (b"\r", b" \n", b"\t\r\n", b"")
    },
    **{
        f"a PDF with {name}": PDF.replace(b"endobj", b"/S /" + name.encode() + b" endobj")
        for name in ("XFA", "SubmitForm", "ImportData", "GoToR", "GoToE")
    },
    "script in a PDF": PDF.replace(b"endobj", b"/S /JavaScript /JS (app.alert(1)) endobj"),
    "cut PDF": PDF[:20],
    "macros in a DOCX": zipped({**DOCX, "word/vbaProject.bin": b"x"}),
    "macros in an ODT": zipped({**ODT, "Basic/script.xml": b"x"}),
    "a workbook": zipped({"[Content_Types].xml": b"x", "xl/workbook.xml": b"x"}),
    "any archive": zipped({"a.txt": b"x"}),
    "a broken archive": b"PK\x03\x04rien",
    "a bomb": zipped({**DOCX, "word/media.bin": b"0" * (201 << 20)}),
    "a page": b"<html></html>",
    "a script that stands across two pieces": pdf_with(
        zlib.compress(b" " * (sent_files._PIECE - 5) + b"/J#61vaScript" + b" " * 99), b"/Filter /FlateDecode"
    ),
    "a DOCX whose parts are damaged": zipped({**DOCX, "[Content_Types].xml": b"<x/>" * 50}).replace(
        zlib.compress(b"<x/>" * 50, 6)[2:-4], b"\xff" * len(zlib.compress(b"<x/>" * 50, 6)[2:-4])
    ),
    "types that fill the memory": zipped({**DOCX, "[Content_Types].xml": b" " * (5 << 20)}),
    "too many streams": PDF.replace(b"endobj", b"stream\n" * 10_001),
}


@pytest.mark.parametrize(
    "content",
    [
        pdf_with(zlib.compress(b"BT (Bilan de l'action) Tj ET"), b"/Filter /FlateDecode"),
        pdf_with(zlib.compress(b"1 0 << /Type /Page >>")),
        pdf_with(b"\xff\xd8\xff a picture", b"/Filter /DCTDecode"),
        zipped({**DOCX, "word/embeddings/Feuille_Excel.xlsx": b"x", "word/charts/chart1.xml": b"<x/>"}),
        zipped({**ODT, "META-INF/manifest.xml": b'<!DOCTYPE manifest:manifest PUBLIC "x" "Manifest.dtd"><x/>'}),
    ],
    ids=["text", "objects", "picture", "chart", "manifest of OpenOffice 1"],
)
def test_honest_documents_are_taken(content: bytes) -> None:
    assert document(content)


def test_a_pdf_that_swells_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sent_files, "_MOST_INFLATED", 1000)
    with pytest.raises(sent_files.Refused, match="trop gros"):
        document(pdf_with(zlib.compress(b" " * 2000), b"/Filter /FlateDecode"))


def test_what_swells_is_looked_at_by_small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    """#41 a million times over weighs a few kilobytes: it is neither held whole nor written anew."""
    content = pdf_with(zlib.compress(b"#41" * (1 << 20)), b"/Filter /FlateDecode")
    pieces = [len(part) for part in sent_files._parts_of_pdf(content)]
    assert sum(pieces) > 3 << 20
    assert max(pieces) <= sent_files._PIECE + sent_files._LONGEST_NAME


def test_parts_within_parts_are_not_read_without_end() -> None:
    """Each goes on to the end of the file, and tells nothing: what is read is bounded, not what comes out alone."""
    opening = b"stream\n\x78\x9c"
    block = b"\0" + len(opening).to_bytes(2, "little") + (len(opening) ^ 0xFFFF).to_bytes(2, "little") + opening
    rest = b"\0\0\0\xff\xff" * 100_000
    with pytest.raises(sent_files.Refused, match="trop gros"):
        document(PDF.replace(b"endobj", opening + block * 100 + rest + b"\nendobj"))


def test_what_stands_before_a_stream_is_looked_at_by_its_end_alone() -> None:
    class Counting(bytes):
        looked = 0

        def __getitem__(self, key):
            found = super().__getitem__(key)
            Counting.looked += len(found)
            return found

        def rfind(self, *args):
            pytest.fail("the whole file is searched backwards")

    told = b"obj << /Type /ObjStm /Filter /FlateDecode >> "
    assert sent_files._holds_objects(Counting(b" " * 90_000 + told), 90_000 + len(told))
    assert Counting.looked == 2_000


@pytest.mark.parametrize("name", REFUSED)
def test_documents_that_are_refused(name: str) -> None:
    with pytest.raises(sent_files.Refused):
        document(REFUSED[name])


def test_too_large_is_refused_unread() -> None:
    with pytest.raises(sent_files.Refused, match="10 Mo"):
        sent_files.take_photo(io.BytesIO(b""), sent_files.LARGEST + 1)


def send(someone: Proposing, content: bytes, words: str = "Cinq jeunes", **data):
    photo = SimpleUploadedFile("vacances <script>.png", content, "image/png")
    return someone.save("preuves", {"photo": photo, "photo_words": words, **data}, do="joindre")


def test_a_photo_without_words_is_kept_until_they_come(someone: Proposing) -> None:
    someone.tell_all()
    answer = send(someone, image(), words=" ", evidence="Un bilan")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "La photo est gardée" in page
    attachment = Attachment.objects.get()
    assert f'name="words_{attachment.pk}"' in page
    assert someone.proposal.content["preuves"]["evidence"] == "Un bilan"
    assert someone.save("preuves", {}).status_code == 422
    assert someone.send().status_code == 422
    assert "dites ce que c’est" in read(someone.client, f"{someone.address}relire/").words
    assert someone.save("preuves", {f"words_{attachment.pk}": "Cinq jeunes"}).status_code == 302
    assert "Cinq jeunes" in read(someone.client, f"{someone.address}relire/").words
    assert someone.send().status_code == 302


def test_the_same_photo_sent_again_brings_its_words(someone: Proposing) -> None:
    someone.begin()
    send(someone, image(), words="")
    send(someone, image(), words="Cinq jeunes démontent un moteur")
    assert Attachment.objects.get().words == "Cinq jeunes démontent un moteur"
    send(someone, image(), words="Autre chose")
    assert Attachment.objects.get().words == "Cinq jeunes démontent un moteur", "what was said stays"


def test_a_place_is_told_with_its_departement(someone: Proposing) -> None:
    loire = TerritoryFactory(level=Level.DEPARTEMENT, code="42", name="Loire")
    Membership.objects.create(child=someone.commune, parent=loire)
    someone.begin()
    someone.save("ou", someone.where())
    assert f"{someone.commune.name} (Loire)" in read(someone.client, f"{someone.address}relire/").words


def test_however_many_places_their_departements_are_asked_once(someone: Proposing) -> None:
    loire = TerritoryFactory(level=Level.DEPARTEMENT, code="42", name="Loire")
    others = [TerritoryFactory(code=f"4200{n}", name=f"Commune {n}") for n in range(1, 3)]
    for commune in (someone.commune, *others):
        Membership.objects.create(child=commune, parent=loire)
    someone.begin()
    said = {f"place_{n}": f"commune:{commune.code}" for n, commune in enumerate(others, 1)}
    someone.save("ou", {**someone.where(), **said})
    with CaptureQueriesContext(connection) as asked:
        chapters = story_of(someone.proposal, [])
    where = next(chapter for chapter in chapters if chapter.slug == "ou")
    assert where.answers[0][1].splitlines() == ["Saint-Étienne (Loire)", "Commune 1 (Loire)", "Commune 2 (Loire)"]
    assert sum(Membership._meta.db_table in each["sql"] for each in asked) == 1


def test_a_bad_file_without_words_is_told_both_at_once(someone: Proposing) -> None:
    someone.begin()
    page = send(someone, SVG, words="").content.decode()
    assert "JPEG, un PNG ou un WebP" in page
    assert "Décrivez aussi la photo" in page
    assert Attachment.objects.count() == 0


def test_what_was_joined_is_read_over(someone: Proposing, editor: User) -> None:
    someone.begin()
    send(someone, image(), words="Cinq jeunes à l’atelier")
    for address in (f"{someone.address}relire/", someone.address):
        page = read(someone.client, address)
        assert "Cinq jeunes à l’atelier" in page.words
        chapter = page.raw.partition('id="chapitre-preuves"')[2].partition("</section>")[0]
        assert "Rien n’est dit" not in chapter


def test_an_svg_sent_as_a_photo_is_said_to_be_none(someone: Proposing) -> None:
    someone.begin()
    answer = send(someone, SVG)
    assert answer.status_code == 422
    assert "JPEG, un PNG ou un WebP" in answer.content.decode()


def test_the_same_photo_twice_is_one_and_it_can_be_taken_back(someone: Proposing) -> None:
    someone.begin()
    send(someone, image())
    send(someone, image())
    attachment = Attachment.objects.get()
    path = path_of(someone.proposal, attachment)
    assert path.is_file()
    assert path.stat().st_mode & 0o077 == 0
    someone.save("preuves", {}, do=f"retirer-{attachment.pk}")
    someone.save("preuves", {}, do=f"retirer-{attachment.pk}")
    assert Attachment.objects.count() == 0


def test_photos_are_counted(someone: Proposing, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(actions.attachments._MOST, "photo", 1)
    someone.begin()
    send(someone, image())
    answer = send(someone, image(size=(50, 50)))
    assert answer.status_code == 422
    assert "Huit photos" in answer.content.decode()


def test_another_draft_does_not_show_it(someone: Proposing) -> None:
    someone.begin()
    send(someone, image())
    attachment = Attachment.objects.get()
    someone.begin()
    assert someone.client.get(f"{someone.address}fichiers/{attachment.pk}/").status_code == 404


def test_a_body_too_large_is_refused_in_words_before_it_is_kept(client: Client, monkeypatch) -> None:
    assert middleware.LARGEST_BODY < 200 << 20
    monkeypatch.setattr(middleware, "LARGEST_BODY", 500)
    answer = client.post("/contribuer/commencer/", {"page": "x" * 600})
    assert answer.status_code == 413
    assert "trop gros" in answer.content.decode()
    assert client.post("/contribuer/commencer/", {"page": "x" * 10}).status_code == 302


# Time --------------------------------------------------------------------------------------------------------------


def _age(days: int) -> None:
    Proposal.objects.update(touched_at=timezone.now() - timedelta(days=days))


def test_a_blank_draft_goes_after_two_days_and_a_real_one_stays(someone: Proposing) -> None:
    someone.begin()
    someone.begin()
    someone.save("quoi", {"title": "Quelques mots"})
    _age(3)
    actions.forget()
    assert [proposal.title for proposal in Proposal.objects.all()] == ["Quelques mots"]
    _age(121)
    actions.forget()
    assert Proposal.objects.count() == 0


def test_files_of_an_erased_draft_go_with_it(someone: Proposing, django_capture_on_commit_callbacks) -> None:
    someone.begin()
    send(someone, image())
    folder: Path = path_of(someone.proposal, Attachment.objects.get()).parent
    _age(121)
    with django_capture_on_commit_callbacks(execute=True):
        actions.forget()
    assert not folder.exists()


def test_what_fails_after_the_file_was_written_leaves_none(someone: Proposing, monkeypatch) -> None:
    someone.begin()
    written: list[Path] = []
    write = attachments.write

    def noted(path: Path, content: bytes) -> None:
        write(path, content)
        assert path.exists()
        written.append(path)

    def broken(*args: object, **told: object) -> None:
        raise OSError

    monkeypatch.setattr(attachments, "write", noted)
    monkeypatch.setattr(attachments, "tell", broken)
    with pytest.raises(OSError):  # noqa: PT011 -- ours
        actions.attach(proposal=someone.proposal, taken=take(image()), file_name="a.jpg", words="Cinq")
    (path,) = written
    assert list(path.parent.iterdir()) == []
    assert not Attachment.objects.exists()


def test_names_and_addresses_go_after_the_delay_and_what_is_published_stays(
    sent: Proposing, editor: User, settings
) -> None:
    proposal = sent.proposal
    practice = actions.accept(by=editor, proposal=proposal, version=proposal.version)
    settings.CONTRIBUTIONS_KEPT_DAYS = 30
    Proposal.objects.update(decided_at=timezone.now() - timedelta(days=29))
    actions.forget()
    assert sent.proposal.contact_email == "anne@exemple.fr"
    Proposal.objects.update(decided_at=timezone.now() - timedelta(days=31))
    actions.forget()
    after = sent.proposal
    assert (after.contact_email, after.contact_name) == ("", "")
    assert "anne@exemple.fr" not in str(after.content)
    assert AccessLink.objects.count() == Message.objects.count() == 0
    assert read(Client(), practice.get_absolute_url()).status == 200
    # An editor can still undo, and publish again.
    actions.unpublish(by=editor, proposal=sent.proposal, version=sent.proposal.version)
    actions.accept(by=editor, proposal=sent.proposal, version=sent.proposal.version)


@pytest.mark.parametrize("status", [Status.SENT, Status.QUESTION])
def test_who_waits_without_end_is_forgotten_too(sent: Proposing, editor: User, status: Status) -> None:
    proposal = sent.proposal
    if status == Status.QUESTION:
        actions.ask(by=editor, proposal=proposal, version=proposal.version, text="Combien ?", page_key="k")
    _age(364)
    actions.forget()
    assert sent.proposal.contact_email
    _age(366)
    actions.forget()
    after = sent.proposal
    assert (after.contact_email, after.contact_name, after.status) == ("", "", status)
    assert Message.objects.count() == 0
    assert after.content  # it can still be published
    actions.accept(by=editor, proposal=after, version=after.version)


def test_what_looks_like_spam_goes_whole(someone: Proposing, django_capture_on_commit_callbacks) -> None:
    someone.begin()
    send(someone, image())
    folder = path_of(someone.proposal, Attachment.objects.get()).parent
    someone.tell_all()
    someone.send(site_internet="x")
    Proposal.objects.update(sent_at=timezone.now() - timedelta(days=179))
    actions.forget()
    assert someone.proposal.is_suspect
    Proposal.objects.update(sent_at=timezone.now() - timedelta(days=181))
    with django_capture_on_commit_callbacks(execute=True):
        actions.forget()
    assert Proposal.objects.count() == 0
    assert not folder.exists()
    assert Entry.objects.filter(verb="proposal-erased").exists()


@pytest.mark.parametrize("end", ["declined", "withdrawn"])
def test_what_was_never_published_is_erased_words_and_files(
    someone: Proposing, editor: User, end: str, django_capture_on_commit_callbacks
) -> None:
    someone.begin()
    send(someone, image())
    folder = path_of(someone.proposal, Attachment.objects.get()).parent
    someone.tell_all()
    someone.send()
    proposal = someone.proposal
    if end == "declined":
        actions.decline(by=editor, proposal=proposal, version=proposal.version, reason="Déjà dit.")
    else:
        actions.withdraw(proposal=proposal)
    Proposal.objects.update(decided_at=timezone.now() - timedelta(days=366))
    with django_capture_on_commit_callbacks(execute=True):
        actions.forget()
    after = someone.proposal
    assert (after.status, after.title, after.content, after.contact_email) == (end, "", {}, "")
    assert Attachment.objects.count() == 0
    assert not folder.exists()
    assert actions.forget() == 0  # once
    desk = Client()
    desk.force_login(editor)
    assert read(desk, f"/gestion/contributions/{after.pk}/").status == 200
    with pytest.raises(NotAllowed):
        actions.reopen(by=editor, proposal=after, version=after.version)


def _correction(key: str, **said: object) -> Correction:
    asked = {"page_key": key, "subject": "practice:1", "contact_email": "a@exemple.fr", "comment": "Je suis le maire"}
    return Correction.objects.create(**asked, **said)


def test_who_corrects_is_forgotten_whether_answered_or_not() -> None:
    long_ago = timezone.now() - timedelta(days=366)
    waiting = _correction("a")
    decided = _correction("b", status="accepted", decided_at=long_ago)
    recent = _correction("c", status="accepted", decided_at=timezone.now())
    suspect = _correction("d", is_suspect=True)
    Correction.objects.filter(pk__in=[waiting.pk, suspect.pk]).update(created_at=long_ago)
    assert actions.forget() == 3
    kept = {each.page_key: (each.contact_email, each.comment) for each in Correction.objects.all()}
    assert kept == {"a": ("", ""), "b": ("", ""), "c": (recent.contact_email, recent.comment)}
    told = Entry.objects.order_by("subject").values_list("verb", "subject")
    assert set(told) == {
        ("correction-forgotten", waiting.ref),
        ("correction-forgotten", decided.ref),
        ("correction-erased", f"correction:{suspect.pk}"),
    }


def test_what_the_proposer_does_is_told_to_the_journal_without_a_word_of_theirs(
    someone: Proposing, editor: User
) -> None:
    someone.begin()
    send(someone, image())
    someone.save("preuves", {}, do=f"retirer-{Attachment.objects.get().pk}")
    actions.mail_link(proposal=someone.proposal, email="anne@exemple.fr")
    someone.tell_all()
    someone.send()
    proposal = someone.proposal
    actions.ask(by=editor, proposal=proposal, version=proposal.version, text="Combien ?", page_key="k")
    someone.save("comment", {"results": "Trente."})
    verbs = [verb.removeprefix("proposal-") for verb in Entry.objects.order_by("pk").values_list("verb", flat=True)]
    assert verbs == ["begun", "file-attached", "file-removed", "link-mailed", "sent", "asked", "completed"]
    assert "anne@exemple.fr" not in str(list(Entry.objects.values_list("detail_text", flat=True)))


# Limits ------------------------------------------------------------------------------------------------------------


def test_no_address_is_kept_and_another_network_is_another_visitor(rf) -> None:
    hour = timedelta(hours=1)
    one, neighbour, far = (rf.get("/", REMOTE_ADDR=ip) for ip in ("203.0.113.7", "203.0.113.9", "198.51.100.1"))
    assert [limits.count("x", one, window=hour), limits.count("x", neighbour, window=hour)] == [1, 2]
    assert limits.count("x", far, window=hour) == 1
    assert limits.count("y", one, window=hour) == 1
    assert all("203" not in bucket or len(bucket) == 64 for bucket in RateCount.objects.values_list("pk", flat=True))
    RateCount.objects.update(ends_at=timezone.now() - hour)
    assert limits.forget() == 3


def test_behind_our_proxy_the_last_address_it_wrote_counts(rf, settings) -> None:
    hour = timedelta(hours=1)
    asked = [
        rf.get("/", REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR=f"1.2.3.4, {ip}")
        for ip in ("203.0.113.7", "198.51.100.1")
    ]
    assert [limits.count("x", one, window=hour) for one in asked] == [1, 2]  # not told by a proxy of ours: not believed
    settings.BEHIND_PROXY = True
    assert [limits.count("x", one, window=hour) for one in asked] == [1, 1]
