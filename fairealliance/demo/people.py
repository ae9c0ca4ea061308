"""The people of the invented world: they sign in with a password that is printed once."""

from dataclasses import dataclass

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.utils.crypto import get_random_string

from fairealliance.accounts import actions as accounts
from fairealliance.accounts import personal
from fairealliance.accounts.actors import SYSTEM
from fairealliance.accounts.models import User
from fairealliance.accounts.second_proof import must_have_second_proof
from fairealliance.demo.world import Invented
from fairealliance.staff.people import add_editor, remove_editor

_LENGTH = 14


@dataclass(frozen=True)
class Way:
    """How to sign in as somebody: `proofs` are the recovery codes of those who owe a second proof."""

    plays: str
    name: str
    email: str
    password: str
    proofs: tuple[str, ...] = ()


def enter(someone: Invented) -> tuple[User, Way]:
    """Made, or found again under a new password: the one of before no longer opens anything."""
    user = User.objects.filter(email=someone.email).first() or User.objects.create_user(someone.email)
    if someone.is_secretariat or someone.writes:
        user = add_editor(by=SYSTEM, email=user.email, is_writer_only=someone.writes)
    accounts.forget_proofs(user)
    password = get_random_string(_LENGTH)
    user.name, user.is_active, user.is_demo = someone.marked_name, True, True
    user.set_password(password)
    user.save()
    accounts.vouch(user)
    proofs = _proofs(user) if must_have_second_proof(user) else ()
    return user, Way(someone.plays, user.name, user.email, password, proofs)


def _proofs(user: User) -> tuple[str, ...]:
    """The site asks for an application; nobody has it in hand, its recovery codes open just as well, once each."""
    TOTP.activate(user, generate_totp_secret())
    return tuple(RecoveryCodes.activate(user).generate_codes())


def invented() -> list[User]:
    """Whoever was made for the invented world."""
    return list(User.objects.filter(is_demo=True).order_by("pk"))


def erase_all() -> int:
    """Erases them as each could erase themselves. Raises personal.Held when others still need one of them."""
    people = invented()
    for user in people:
        remove_editor(by=SYSTEM, email=user.email)
        personal.erase(user)
    return len(people)
