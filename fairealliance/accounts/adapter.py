"""What allauth asks of us: our mails, our public address, and no address of a visitor kept."""

import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from allauth.account.utils import passthrough_next_redirect_url
from allauth.core import context as current
from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from fairealliance.accounts import limits, mail_link
from fairealliance.accounts.mail import absolute, send_mail
from fairealliance.accounts.models import User
from fairealliance.design.letters import Way

_UNSAID = frozenset({"account/messages/logged_in.txt", "account/messages/logged_out.txt"})
_AT_FIRST = {
    "account/messages/password_changed.txt": "account/messages/password_chosen.txt",
    "account/email/password_reset": "account/email/password_chosen",
}
"""What is said instead where no password could be used before."""
_GIVEN = _("Vous recevez ce courriel parce que cette adresse a été donnée sur Faire Alliance.")
_TOO_MANY = _("Trop d’essais ratés. Attendez quelques minutes, ou demandez un lien par courriel.")


def _parted(message: str) -> tuple[str, Way | None, str]:
    """Our templates say what there is to do in a paragraph of its own: « → Entrer », and the address under it."""
    before, is_marked, marked = message.partition("→ ")
    way, _blank, after = marked.partition("\n\n")
    label, _line, href = way.strip().partition("\n")
    return before.strip(), Way(label, href) if is_marked else None, after.strip()


def _said(template: str) -> str:
    is_first = getattr(current.request, "is_first_password", False)
    return _AT_FIRST.get(template, template) if is_first else template


class AccountAdapter(DefaultAccountAdapter):
    """Mails go through our queue; links lead to PUBLIC_ADDRESS whatever host the request named."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("Ce compte est fermé."),
        "email_password_mismatch": _("L’adresse ou le mot de passe ne va pas. Vérifiez les deux."),
        "enter_current_password": _("Écrivez votre mot de passe actuel."),
        "dead_code": _("Ce code ne sert plus : vous êtes entré autrement depuis. Demandez-en un autre."),
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
        template_prefix = _said(template_prefix)
        told = {"email": email, **context, "login_url": self._then(absolute(reverse("account_login")))}
        told |= {"reset_url": absolute(reverse("account_reset_password"))}
        told |= {"signup_url": absolute(reverse("account_signup"))}
        if template_prefix == "account/email/login_code":
            told |= {"link": self._then(absolute(mail_link.path_for(email)))}
        subject = render_to_string(f"{template_prefix}_subject.txt", told)
        text, way, after = _parted(render_to_string(f"{template_prefix}_message.txt", told))
        owner = EmailAddress.objects.filter(email=email.lower(), verified=True).select_related("user").first()
        why, name = ("", owner.user.name) if owner else (str(_GIVEN), "")
        send_mail(to=email, subject=subject, text=text, way=way, after=after, why=why, name=name)

    def send_confirmation_mail(self, request: HttpRequest, emailconfirmation: Any, signup: bool) -> None:
        """An address that opens another account is told so, to whoever reads it; whoever asked for it is not."""
        if emailconfirmation.email_address.can_set_verified():
            super().send_confirmation_mail(request, emailconfirmation, signup)
        else:
            self.send_account_already_exists_mail(emailconfirmation.email_address.email)

    def get_email_confirmation_url(self, request: HttpRequest, emailconfirmation: EmailConfirmationHMAC) -> str:
        return self._then(absolute(reverse("account_confirm_email", args=[emailconfirmation.key])))

    def _then(self, address: str) -> str:
        """Leads on to where whoever asks was going: a page of ours, never another's."""
        request = current.request
        return passthrough_next_redirect_url(request, address, REDIRECT_FIELD_NAME) if request else address

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
            super().add_message(request, level, message_template and _said(message_template), *args, **options)

    def set_password(self, user: User, password: str) -> None:
        if current.request:
            current.request.is_first_password = not user.has_usable_password()
        super().set_password(user, password)

    def is_reauthentication_required(self, *, app: str) -> bool:
        """What is delicate asks again who one is, unless one has just come in."""
        records = get_authentication_records(current.request, current.request.user)
        latest = max((record["at"] for record in records), default=0)
        return time.time() - latest > settings.ACCOUNT_REAUTHENTICATION_TIMEOUT

    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:
        user.name = form.cleaned_data.get("name", "")
        saved: User = super().save_user(request, user, form, commit)
        return saved
