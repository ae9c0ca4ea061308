"""What allauth asks of us: our mails, our public address, and no address of a visitor kept."""

import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from allauth.core import context as current
from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from fairealliance.accounts import limits
from fairealliance.accounts.mail import absolute, send_mail
from fairealliance.accounts.models import User

_UNSAID = frozenset({"account/messages/logged_in.txt", "account/messages/logged_out.txt"})
_TOO_MANY = _("Trop d’essais ratés. Attendez quelques minutes, ou demandez un code par courriel.")


class AccountAdapter(DefaultAccountAdapter):
    """Mails go through our queue; links lead to PUBLIC_ADDRESS whatever host the request named."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("Ce compte est fermé."),
        "email_password_mismatch": _("L’adresse ou le mot de passe ne va pas. Vérifiez les deux."),
        "enter_current_password": _("Écrivez votre mot de passe actuel."),
        "incorrect_code": _("Ce code ne va pas. Vérifiez-le, ou demandez-en un autre."),
        "incorrect_password": _("Ce mot de passe ne va pas."),
        "invalid_password_reset": _("Ce lien a déjà servi ou n’est plus valable."),
        "too_many_login_attempts": _TOO_MANY,
        "rate_limited": _("Trop d’essais en peu de temps. Attendez quelques minutes."),
        "email_taken": _("Cette adresse ne peut pas être utilisée."),
        "duplicate_email": _("C’est déjà votre adresse."),
        "same_as_current": _("C’est déjà votre adresse."),
    }

    def get_client_ip(self, request: HttpRequest) -> str:
        """The network only, as everywhere on the site; limits keep a digest of it."""
        return limits.place(request)

    def is_safe_url(self, url: str | None) -> bool:
        """`next` leads to a page of this very host."""
        request = current.request
        return url_has_allowed_host_and_scheme(url, {request.get_host()}, require_https=request.is_secure())

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        told = {"email": email, **context, "login_url": absolute(reverse("account_login"))}
        told |= {"reset_url": absolute(reverse("account_reset_password"))}
        told |= {"signup_url": absolute(reverse("account_signup"))}
        subject = render_to_string(f"{template_prefix}_subject.txt", told)
        send_mail(to=email, subject=subject, text=render_to_string(f"{template_prefix}_message.txt", told))

    def send_confirmation_mail(self, request: HttpRequest, emailconfirmation: Any, signup: bool) -> None:
        """An address that opens another account is told so, to whoever reads it; whoever asked for it is not."""
        if emailconfirmation.email_address.can_set_verified():
            super().send_confirmation_mail(request, emailconfirmation, signup)
        else:
            self.send_account_already_exists_mail(emailconfirmation.email_address.email)

    def get_email_confirmation_url(self, request: HttpRequest, emailconfirmation: EmailConfirmationHMAC) -> str:
        return absolute(reverse("account_confirm_email", args=[emailconfirmation.key]))

    def get_reset_password_from_key_url(self, key: str) -> str:
        uid, _dash, token = key.partition("-")
        return absolute(reverse("account_reset_password_from_key", kwargs={"uidb36": uid, "key": token}))

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("accounts:account")

    def get_email_verification_redirect_url(self, email_address: EmailAddress) -> str:
        return reverse("accounts:account" if current.request.user.is_authenticated else "account_login")

    def add_message(
        self, request: HttpRequest, level: int, message_template: str | None = None, *args: Any, **options: Any
    ) -> None:
        """Being signed in, or out, is seen: no need to say it."""
        if message_template not in _UNSAID:
            super().add_message(request, level, message_template, *args, **options)

    def is_reauthentication_required(self, *, app: str) -> bool:
        """What is delicate asks again who one is, unless one has just come in."""
        records = get_authentication_records(current.request, current.request.user)
        latest = max((record["at"] for record in records), default=0)
        return time.time() - latest > settings.ACCOUNT_REAUTHENTICATION_TIMEOUT

    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:
        user.name = form.cleaned_data.get("name", "")
        saved: User = super().save_user(request, user, form, commit)
        return saved
