"""Who works at the desk: the secretariat, who publishes and moderates; writers, who propose."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group, Permission
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from fairealliance.accounts import actions as accounts
from fairealliance.accounts import links
from fairealliance.accounts.actors import Actor
from fairealliance.accounts.awaiting import Card
from fairealliance.accounts.inviting import invite
from fairealliance.accounts.mail import send_mail
from fairealliance.accounts.models import User
from fairealliance.accounts.permissions import require_hub_editor
from fairealliance.accounts.second_proof import PROOFS
from fairealliance.design.letters import Way
from fairealliance.journal.actions import record
from fairealliance.staff.middleware import DESK

SECRETARIAT, WRITERS = "Secrétariat", "Rédaction"
_PAGES = {
    SECRETARIAT: ("add_page", "change_page", "publish_page", "bulk_delete_page", "lock_page", "unlock_page"),
    WRITERS: ("add_page", "change_page"),
}
_FILES = {
    SECRETARIAT: ("add", "change", "delete", "choose"),
    WRITERS: ("add", "choose"),
}
_ELSEWHERE = {
    SECRETARIAT: (
        *(f"{act}_redirect" for act in ("add", "change", "delete", "view")),
        *(f"{act}_collection" for act in ("add", "change", "delete", "view")),
        "change_hubsettings",
    ),
    WRITERS: ("access_admin",),
}


class Oneself(Exception):
    """Nobody shuts the desk to themselves: whoever does it to another stays, so that somebody always does."""


def ensure_groups() -> None:
    """The two groups with what each may do. Only adds: what an administrator granted besides stays."""
    with transaction.atomic():
        for name in (SECRETARIAT, WRITERS):
            _ensure(name)


def _ensure(name: str) -> Group:
    group, _made = Group.objects.get_or_create(name=name)
    group.permissions.add(*Permission.objects.filter(codename__in=_ELSEWHERE[name]).exclude(codename="view_page"))
    root, files = Page.objects.filter(depth=1).first(), Collection.get_first_root_node()
    pages = Permission.objects.filter(codename__in=_PAGES[name], content_type__app_label="wagtailcore")
    for permission in pages if root else ():
        GroupPagePermission.objects.get_or_create(group=group, page=root, permission=permission)
    codenames = [f"{act}_{kind}" for act in _FILES[name] for kind in ("hubimage", "hubdocument", "image", "document")]
    for permission in Permission.objects.filter(codename__in=codenames) if files else ():
        GroupCollectionPermission.objects.get_or_create(group=group, collection=files, permission=permission)
    return group


def follow_role(user: User) -> None:
    """A member of the secretariat is in its group; who no longer is leaves it."""
    if user.is_secretariat:
        group = Group.objects.filter(name=SECRETARIAT).first() or _ensure(SECRETARIAT)
        user.groups.add(group)
    else:
        user.groups.remove(*Group.objects.filter(name=SECRETARIAT))


def editors() -> QuerySet[User]:
    """Those who enter the desk."""
    return User.objects.filter(is_active=True).filter(Q(is_secretariat=True) | Q(groups__name=WRITERS)).distinct()


def with_proof(users: QuerySet[User]) -> QuerySet[User]:
    """Each with `has_proof`: whether they have a second one."""
    return users.annotate(has_proof=Exists(Authenticator.objects.filter(user=OuterRef("pk"), type__in=PROOFS)))


def _require_still(by: Actor) -> None:
    """Of two who withdraw each other at the same moment, the second finds that they may no more."""
    require_hub_editor(by)
    if isinstance(by, User):
        held = User.objects.select_for_update().filter(is_active=True, is_secretariat=True).order_by("pk")
        if by.pk not in [user.pk for user in held]:
            raise PermissionDenied(_("Seul le secrétariat peut modifier ce que contient la plateforme."))


@transaction.atomic
def add_editor(*, by: Actor, email: str, name: str = "", is_writer_only: bool = False) -> User:
    """Let `email` into the desk. The password is theirs to choose, by `password_link`.

    Raises Oneself when `by` would leave the secretariat.
    """
    _require_still(by)
    ensure_groups()
    user = User.objects.filter(email=email.lower()).first() or User.objects.create_user(email)
    if user == by and is_writer_only:
        raise Oneself(_("Une autre personne du secrétariat change votre rôle."))
    if not EmailAddress.objects.filter(user=user, email=user.email, verified=True).exists():
        accounts.forget_proofs(user)  # whoever signed up with this address may not be its owner
    user.is_active, user.name, user.is_secretariat = True, name or user.name, not is_writer_only
    user.save()
    accounts.vouch(user)
    writers = Group.objects.get(name=WRITERS)
    (user.groups.add if is_writer_only else user.groups.remove)(writers)
    record(by=by, verb="editor_added", subject=f"user:{user.pk}", detail={"writer_only": is_writer_only})
    return user


@transaction.atomic
def invite_editor(*, by: Actor, email: str, name: str = "", is_writer_only: bool = False) -> User:
    """Let `email` into the desk and write to them, with the way in. Again: the mail goes again."""
    user = add_editor(by=by, email=email, name=name, is_writer_only=is_writer_only)
    text = _("Le bureau de Faire Alliance vous est ouvert : vous y écrivez, relisez et publiez.")
    if is_writer_only:
        text = _(
            "Le bureau de Faire Alliance vous est ouvert : ce que vous y écrivez est relu et publié par le secrétariat."
        )
    subject, label = _("Le bureau de Faire Alliance vous est ouvert"), _("Ouvrir le bureau")
    invite(by=by, email=user.email, subject=subject, text=text, then=DESK, label=label)
    return user


@transaction.atomic
def remove_editor(*, by: Actor, email: str) -> bool:
    """Close the desk to `email`; the account and what it did remain. False when it had no access, Oneself when `by`."""
    _require_still(by)
    user = editors().filter(email=email.lower()).first()
    if user is None:
        return False
    if user == by:
        raise Oneself(_("Une autre personne du secrétariat retire votre accès."))
    user.is_secretariat = False
    user.save()
    user.groups.remove(*Group.objects.filter(name__in=(SECRETARIAT, WRITERS)))
    record(by=by, verb="editor_removed", subject=f"user:{user.pk}")
    return True


@transaction.atomic
def reset_editor(*, by: Actor, email: str) -> User | None:
    """Take away the second proof of an editor who lost everything, and close their sessions. None when unknown."""
    _require_still(by)
    user = editors().filter(email=email.lower()).first()
    if user is not None:
        accounts.forget_proofs(user)
        record(by=by, verb="editor_reset", subject=f"user:{user.pk}")
    return user


@transaction.atomic
def rescue_editor(*, by: Actor, email: str) -> User | None:
    """`reset_editor`, and the new link sent to their own address: whoever asks for it never sees it."""
    if isinstance(by, User) and by.email == email.lower():
        raise Oneself(_("Votre mot de passe et votre seconde preuve se règlent dans votre compte."))
    user = reset_editor(by=by, email=email)
    if user is not None:
        text = _(
            "Le secrétariat vous rouvre le bureau de Faire Alliance. Votre ancien mot de passe et votre ancienne"
            " seconde preuve ne valent plus : choisissez un mot de passe. Le lien vaut trois jours."
        )
        subject, way = _("Rouvrir votre accès au bureau"), Way(_("Choisir un mot de passe"), password_link(user))
        send_mail(to=user.email, subject=subject, text=text, way=way, name=user.name)
    return user


def password_link(user: User) -> str:
    """Where `user` chooses a password, then reaches the desk; valid for three days, and once."""
    return links.choose_password(user, then=DESK)


def desk_card(user: User) -> Card | None:
    """At /mon-espace/: the way to the desk, for those who work there. One query."""
    if not editors().filter(pk=user.pk).exists():
        return None
    text = _("Publier, modérer, répondre à ce que les autres attendent du secrétariat.")
    return Card(_("Bureau"), text, reverse("wagtailadmin_home"), _("Ouvrir le bureau"))
