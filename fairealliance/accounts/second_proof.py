"""The second proof of who one is: telephone application, passkey, recovery codes."""

import base64
import hashlib

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fairealliance.accounts.models import User

PROOFS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def has_second_proof(user: User) -> bool:
    return Authenticator.objects.filter(user=user, type__in=PROOFS).exists()


def must_have_second_proof(user: User) -> bool:
    """Those who can change what everyone reads."""
    return user.is_secretariat or user.is_superuser


def lacks_second_proof(user: User) -> bool:
    """Whoever should have one and has none: a mere member until then. One query, for those it concerns."""
    return must_have_second_proof(user) and not has_second_proof(user)


class SecondProofAdapter(DefaultMFAAdapter):
    """Secrets are ciphered with the site's own; the secretariat keeps one proof at least."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "cannot_delete_authenticator": gettext_lazy(
            "Le secrétariat garde toujours une seconde preuve : ajoutez-en une autre avant de retirer celle-ci."
        ),
        "incorrect_code": gettext_lazy("Ce code ne va pas. Attendez le suivant, puis recopiez-le."),
        "unverified_email": gettext_lazy("Confirmez d’abord votre adresse de courriel."),
    }

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _cipher().decrypt(encrypted_text.encode()).decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        user = authenticator.user
        others = Authenticator.objects.filter(user=user, type__in=PROOFS).exclude(pk=authenticator.pk)
        return not must_have_second_proof(user) or others.exists()

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:
        count = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return _("Ma clé") if count == 0 else _("Ma clé n° %(number)d") % {"number": count + 1}

    def _get_site_name(self) -> str:
        return "Faire Alliance"


def _cipher() -> Fernet:
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(f"second-proof|{settings.SECRET_KEY}".encode()).digest()))
