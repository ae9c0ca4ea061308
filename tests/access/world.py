"""One of each thing in each of its states, and how to reach it: what stands in an address, what a form sends.

A route that is about a thing is filled from `Known.things`. Who acts for organisations, and what these seek: `acting`.
"""

from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO
from typing import Any
from unittest import mock

from django.contrib.auth.models import Group
from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image
from wagtail.models import Collection as FileCollection
from wagtail.models import CollectionViewRestriction, Page, PageViewRestriction

from fairealliance.accounts.actors import SYSTEM
from fairealliance.config.access import things
from fairealliance.config.access.roles import Role
from fairealliance.contributions import actions, suspicion
from fairealliance.contributions.actions.attachments import attach
from fairealliance.contributions.enums import CorrectionStatus, Status
from fairealliance.contributions.models import AccessLink, Attachment, Correction, Proposal
from fairealliance.contributions.suspicion import Judgement
from fairealliance.federation import uploads
from fairealliance.federation.upload_run import report_of
from fairealliance.lib import sent_files
from fairealliance.network.actions.turns import offer
from fairealliance.network.models import Invited, Mediator
from fairealliance.observatory import starter_content
from fairealliance.observatory.enums import State
from fairealliance.observatory.models import Series, Study
from fairealliance.pages import starter as pages_starter
from fairealliance.pages.models import ArticlePage, EventPage, HubDocument, HubImage, RubricPage
from fairealliance.resources.models import Collection, CollectionItem, LinkRecord
from fairealliance.roadmap import starter as roadmap_starter
from fairealliance.roadmap.actions import measures, programmes
from fairealliance.roadmap.enums import DraftState
from fairealliance.roadmap.models import Draft, Programme
from fairealliance.search import follow
from fairealliance.sheets.actions import share
from fairealliance.sheets.compose import compose
from fairealliance.sheets.permissions import Visitor
from fairealliance.staff.people import SECRETARIAT, WRITERS
from fairealliance.territories.actions import save_values
from fairealliance.territories.enums import State as Figure
from fairealliance.territories.models import Membership
from tests.access import acting, introducing
from tests.access.cast import Someone, cast
from tests.access.known import SECRET, Known, Place, Words
from tests.factories import (
    EstablishmentFactory,
    OrganisationFactory,
    PracticeFactory,
    ResourceFactory,
    TerritoryFactory,
    UserFactory,
)
from tests.network.cast import asked_by as support_of
from tests.network.cast import catalyst
from tests.territories.world import make_indicator, make_world

STORY: dict[str, dict[str, Any]] = {
    "quoi": {"title": "Un garage", "challenge": "Un défi.", "summary": "Un résumé.", "goals": ["4"]},
    "ou": {
        "place_0": "commune:42218",
        "partner_0_name": "Le Garage du Coin",
        "partner_0_sphere": "entreprise",
        "partner_0_role": "lead",
    },
    "comment": {"form": "experiment", "stage": "running", "start_year": "2022", "cost": "", "results": "27 sur 40."},
    "preuves": {"evidence": "Comptage.", "source_url": ""},
    "contact": {"contact": "Mairie", "contact_name": "Anne", "contact_email": "anne@exemple.fr", "consent": "on"},
}


def build() -> Known:
    """All of it; about two seconds."""
    country = make_world()
    known = Known(cast())
    _records(known, country.saint_etienne)
    _studies(known)
    _roadmap(known)
    _proposals(known)
    _pages(known)
    _desk(known)
    acting.build(known)
    _network(known, country.saint_etienne)
    introducing.build(known)
    follow.run_once()
    sheet = share(by=Visitor(), sheet=compose(country.saint_etienne, "des jeunes décrochent de l’école"))
    known.put(things.SHEET, known={"token": sheet.token})
    return known


def _records(known: Known, commune: Any) -> None:
    organisation = OrganisationFactory(slug="atelier", name="L’Atelier", siren="552081317")
    EstablishmentFactory(organisation=organisation)
    resource = ResourceFactory(slug="guide", link="https://exemple.fr/guide")
    practice = PracticeFactory(slug="garage")
    indicator = make_indicator("menages", label="Ménages", unit="ménages", additive=True)
    save_values(by=SYSTEM, indicator=indicator, rows=[(commune.pk, Figure.KNOWN, 100.0, "")])
    now = timezone.now()
    link = LinkRecord.objects.create(
        resource=resource, url=resource.link, state="dead", since=now, checked_at=now, due_at=now
    )
    collections = {}
    for state in things.COLLECTION.states:
        public = state == "published"
        title = "Pour commencer" if public else f"{SECRET} en collection"
        kept = Collection.objects.create(slug=f"collection-{state}", title=title, is_public=public)
        CollectionItem.objects.create(collection=kept, resource=resource, place=1)
        collections[state] = {"slug": kept.slug}
    known.put(things.TERRITORY, known={"level": "commune", "code": commune.code, "slug": commune.slug})
    twin = OrganisationFactory(slug="atelier-2", name="L’Atelier (doublon)")
    known.put(things.ORGANISATION, known=_numbered(organisation) | {"one": organisation.pk, "other": twin.pk})
    known.besides["contributions:correct?"] = f"?objet=organisation:{organisation.pk}"
    known.put(things.RESOURCE, known=_numbered(resource))
    known.put(things.PRACTICE, known=_numbered(practice))
    known.put(things.FIGURE, known={"slug": indicator.slug})
    known.put(things.LINK_RECORD, known={"pk": link.pk})
    known.put(things.COLLECTION, **collections)
    known.put(things.GUIDE, known={"slug": "mon-compte"})


def _numbered(thing: Any) -> Words:
    return {"pk": thing.pk, "slug": thing.slug}


def _network(known: Known, commune: Any) -> None:
    """A catalyst who is one of the cast, one who withdrew, one who waits; a request of each, one for the first. The
    mediator's département is another, with a commune of its own.
    """
    departement = TerritoryFactory(level="departement", code="9A", name="Au loin", slug="au-loin")
    far = TerritoryFactory(code="9A001", name="Loin d’ici", slug="loin-d-ici")
    Membership.objects.create(child=far, parent=departement)
    listed, asker = known.people[Role.CATALYST].user, known.people[Role.MEDIATOR].user
    assert listed is not None
    assert asker is not None
    mediation = Mediator.objects.create(user=asker, territory=departement)
    held = catalyst(listed, commune, name="Cléo Relie", slug="cleo-relie")
    gone = catalyst("parti@exemple.fr", commune, name=f"{SECRET} parti", consented_at=None, withdrawn_at=timezone.now())
    waits = catalyst("attend@exemple.fr", commune, name=f"{SECRET} attend", standing="waiting", decided_at=None)
    known.put(
        things.CATALYST,
        **{
            state: {"pk": each.pk, "slug": each.slug, "reason": "Hors sujet."}
            for state, each in (("listed", held), ("withdrawn", gone), ("waiting", waits))
        },
    )
    stranger = UserFactory(email="demande@exemple.fr")
    own = {each.user.pk: support_of(each.user, commune) for each in known.people.values() if each.user}
    others, offered = support_of(stranger, commune), support_of(stranger, commune)
    mediated = support_of(stranger, far)
    offer(offered, held, by=SYSTEM, now=timezone.now())
    known.put(
        things.SUPPORT,
        own=lambda someone: {"pk": own[someone.user.pk if someone.user else asker.pk].pk, "act": "retirer"},
        offered_to_one={"pk": offered.pk, "act": "accepter"},
        in_ones_departement={"pk": mediated.pk, "act": "terminer"},
        of_others={"pk": others.pk, "act": "retirer"},
    )
    known.put(things.INVITED, known={"pk": Invited.objects.create(user=stranger).pk})
    known.put(things.MEDIATION, known={"pk": mediation.pk})
    known.put(things.DESK_SUPPORT, offered={"pk": offered.pk, "words": "Ici."}, at_desk={"pk": others.pk})


def _studies(known: Known) -> None:
    TerritoryFactory(level="region", code="75", name="Nouvelle-Aquitaine", slug="nouvelle-aquitaine")
    starter_content.load(by=SYSTEM)
    published = Study.objects.published().filter(questions__results__isnull=False).order_by("pk").first()
    assert published is not None
    draft = Study.objects.create(
        slug="etude-cachee",
        title=f"{SECRET} en étude",
        actor=published.actor,
        state=State.DRAFT,
        source=published.source,
    )
    question = draft.questions.create(code="secret", label=f"{SECRET} en question")
    question.results.create(code="oui", answer=f"{SECRET}, oui", actor=published.actor, share=40, source=draft.source)
    known.put(
        things.STUDY,
        published={"slug": published.slug, "code": published.questions.first().code},
        draft={"slug": draft.slug, "code": question.code},
    )
    series = Series.objects.order_by("pk").first()
    assert series is not None
    known.put(things.SERIES, known={"slug": series.slug})


def _roadmap(known: Known) -> None:
    roadmap_starter.load(by=SYSTEM)
    programme = Programme.objects.get(is_default=True)
    measure, other = programme.measures.order_by("number")[:2]
    measures.add_correspondent(by=SYSTEM, measure=measure, user=known.people[Role.CORRESPONDENT].user)
    measures.save_indicator(by=SYSTEM, measure=measure, code="cas", label="Cas recensés", unit="")
    measures.save_facilitator(by=SYSTEM, measure=measure, name="Une région", organisation=None)
    force = programme.forces.order_by("number").first()
    assert force is not None
    programmes.save_illustration(by=SYSTEM, subject=force, label="Un exemple")
    known.besides |= {
        "staff_roadmap:facilitator:pk": measure.facilitators.values_list("pk", flat=True)[0],
        "staff_roadmap:indicator:pk": measure.indicators.values_list("pk", flat=True)[0],
        "staff_roadmap:illustration:pk": force.illustrations.values_list("pk", flat=True)[0],
        "staff_roadmap:illustration:number": force.number,
        "staff_roadmap:statement:pk": programme.statements.values_list("pk", flat=True)[0],
        "staff_roadmap:measure-report:pk": measure.pk,
        "staff_roadmap:workstream-report:pk": programme.workstreams.values_list("pk", flat=True)[0],
        "staff_roadmap:part:number": force.number,
    }
    known.put(things.PROGRAMME, known={"programme": programme.slug, "number": measure.number})
    known.put(
        things.MEASURE,
        own={"programme": programme.slug, "number": measure.number},
        of_others={"programme": programme.slug, "number": other.number},
    )
    reports: dict[str, Place] = {}
    for number, state in enumerate(DraftState):
        owner, _made = programmes.save_programme(
            by=SYSTEM, slug=f"programme-{number}", title=f"Programme {number}", started_on=date(2022, 1, 1)
        )
        told = {"dated_on": date(2022, 6, 1), "title": f"{SECRET} en bilan", "text": f"{SECRET} écrit."}
        reports[state.value] = {"pk": Draft.objects.create(programme=owner, state=state, **told).pk}
    Draft.objects.create(programme=programme, measure=other, dated_on=date(2022, 6, 1), text=f"{SECRET} en mesure")
    known.put(things.REPORT, **reports)


def _proposals(known: Known) -> None:
    editor = known.people[Role.SECRETARIAT].user
    links: dict[str, Place] = {}
    cases: dict[str, Place] = {}
    public: dict[str, Place] = {}
    for status in Status:
        proposal, token = _told(status)
        held = _at(status, proposal, editor)
        attachment = held.attachments.get()
        links[status.value] = _of_link(token, attachment)
        cases[status.value] = {"pk": held.pk, "number": attachment.pk, "version": held.version}
        public[status.value] = {"key": attachment.key, "extension": attachment.extension}
    proposal, token = _told("expired")
    AccessLink.objects.filter(proposal=proposal).update(expires_at=timezone.now() - timedelta(days=1))
    known.put(things.PROPOSAL, expired_link=_of_link(token, proposal.attachments.get()), **links)
    known.put(things.CASE, **cases)
    known.put(things.FILE, **public)
    accepted = Proposal.objects.get(status=Status.ACCEPTED)
    assert accepted.practice is not None
    corrections: dict[str, Place] = {}
    for state in CorrectionStatus:
        kept = Correction.objects.create(
            subject=f"practice:{accepted.practice.pk}",
            subject_title="Un garage",
            field="title",
            before=accepted.practice.title,
            after=f"{SECRET} corrigé",
            page_key=f"page-{state}",
            status=state,
            reason="Non." if state == CorrectionStatus.REFUSED else "",
        )
        corrections[state.value] = {"pk": kept.pk, "version": kept.version}
    known.put(things.CORRECTION, **corrections)


def _told(name: str) -> tuple[Proposal, str]:
    """A proposal told in full, with one picture."""
    proposal, token = actions.begin(page_key=f"access-{name}")
    hidden = name != Status.ACCEPTED
    for step, raw in STORY.items():
        said = {**raw, "title": f"{SECRET} proposé, {name}"} if hidden and step == "quoi" else raw
        proposal = actions.save_step(proposal=proposal, step=step, raw=said, version=0, page="essai")
    picture = BytesIO()
    Image.new("RGB", (8, 8), "green").save(picture, "JPEG")
    taken = sent_files.take_photo(BytesIO(picture.getvalue()), len(picture.getvalue()))
    attach(proposal=proposal, taken=taken, file_name="photo.jpg", words="Un garage")
    return Proposal.objects.get(pk=proposal.pk), token


def _at(status: Status, proposal: Proposal, editor: Any) -> Proposal:
    """Led there as people lead it there."""
    if status != Status.DRAFT:
        actions.send(proposal=proposal, judgement=Judgement())
    now = Proposal.objects.get(pk=proposal.pk)
    told = {"by": editor, "proposal": now, "version": now.version}
    if status == Status.QUESTION:
        actions.ask(**told, text="Qui ?", page_key="question")
    elif status == Status.ACCEPTED:
        actions.accept(**told)
    elif status == Status.DECLINED:
        actions.decline(**told, reason="Hors sujet.")
    elif status == Status.WITHDRAWN:
        actions.withdraw(proposal=now)
    found = Proposal.objects.get(pk=proposal.pk)
    assert found.status == status
    return found


def _of_link(token: str, attachment: Attachment) -> Callable[[Someone], Words]:
    """Those who hold no link can only guess one."""
    return lambda someone: {
        "token": token if someone.role == Role.HOLDER else "devine",
        "number": attachment.pk,
        "step": "quoi",
    }


def _pages(known: Known) -> None:
    pages_starter.load(by=SYSTEM)
    news = RubricPage.objects.get(rubric="actualites")
    pages: dict[str, Place] = {}
    events: dict[str, Place] = {}
    for state in things.PAGE.states:
        title = "À lire" if state == "live" else f"{SECRET} {state}"
        lead = "En deux mots."
        article = ArticlePage(title=title, lead=lead, date=date(2026, 11, 3), slug=f"article-{state}")
        event = EventPage(title=f"{title} ensemble", lead=lead, slug=f"rendez-vous-{state}", starts_at=timezone.now())
        for page in (article, event):
            news.add_child(instance=page)
            _show(page, state)
        pages[state] = {"pk": article.pk, "page": f"actualites/{article.slug}/"}
        events[state] = {"pk": event.pk, "slug": event.slug}
    known.put(things.PAGE, **pages)
    known.put(things.EVENT, **events)
    private = FileCollection.get_first_root_node().add_child(name="Entre nous")
    _for_the_desk(CollectionViewRestriction.objects.create(collection=private, restriction_type="groups"))
    root = FileCollection.get_first_root_node()
    pictures: dict[str, Place] = {}
    documents: dict[str, Place] = {}
    for state, collection in (("open", root), ("restricted", private)):
        image = HubImage.objects.create(title=state, file=_png(state), alt="Une mairie", collection=collection)
        document = HubDocument.objects.create(
            title=state, file=SimpleUploadedFile(f"{state}.txt", b"words"), collection=collection
        )
        pictures[state] = {"name": image.get_rendition("width-8").file.name.removeprefix("images/")}
        documents[state] = {"document": document.pk, "file": document.filename}
    known.put(things.PICTURE, **pictures)
    known.put(things.DOCUMENT, **documents)


def _show(page: Page, state: str) -> None:
    if state == "draft":
        page.live = False
        page.save()
        page.save_revision()
    else:
        page.save_revision().publish()
    if state == "restricted":
        _for_the_desk(PageViewRestriction.objects.create(page=page, restriction_type="groups"))


def _for_the_desk(restriction: Any) -> None:
    restriction.groups.set(Group.objects.filter(name__in=(SECRETARIAT, WRITERS)))


def _png(name: str) -> SimpleUploadedFile:
    kept = BytesIO()
    Image.new("RGB", (16, 16), "teal").save(kept, "PNG")
    return SimpleUploadedFile(f"{name}.png", kept.getvalue(), "image/png")


def _desk(known: Known) -> None:
    table = b"identifiant;titre;defi;action;territoires;odd\ncas-1;Un titre;Un d\xc3\xa9fi;Une action;commune:42218;4\n"
    upload = uploads.give(by=SYSTEM, kind="pratiques", name=f"{SECRET}.csv", file=BytesIO(table), size=len(table))
    report_of(upload).write_text("ligne;dit\n")
    known.put(things.UPLOAD, known={"pk": upload.pk})
    member, writer = known.people[Role.MEMBER].user, known.people[Role.WRITER].user
    assert member is not None
    assert writer is not None
    known.put(things.PERSON, of_the_desk={"pk": writer.pk}, outside={"pk": member.pk})
    others = known.people[Role.WRITER], known.people[Role.MEMBER]

    def of_others(someone: Someone) -> Someone:
        return others[0] if someone.role != Role.WRITER else others[1]

    known.put(
        things.SESSION,
        own=lambda someone: {"pk": someone.session or of_others(someone).session},
        of_others=lambda someone: {"pk": of_others(someone).session},
    )
    known.put(
        things.KEY,
        own=lambda someone: None if someone.role == Role.UNPROVEN else {"pk": someone.key or of_others(someone).key},
        of_others=lambda someone: {"pk": of_others(someone).key},
    )


def old_stamp() -> str:
    """The stamp of a page opened a minute ago."""
    with mock.patch.object(signing.time, "time", lambda real=signing.time.time: real() - 60):
        return suspicion.new_stamp()
