"""allauth's forms in our words: a label and a hint per field, no placeholder."""

from typing import Any, ClassVar

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from allauth.socialaccount import forms as social
from django import forms
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from fairealliance.accounts import mail_link
from fairealliance.accounts.models import User
from fairealliance.lib.typed import Line

Words = Any  # str, or a lazy translation
_NEW_PASSWORD = _("Douze signes au moins. Une phrase que vous seul connaissez est facile à retenir.")


class Plain(forms.Form):
    """Labels and hints of ours over a form of allauth's."""

    said: ClassVar[dict[str, tuple[Words, Words]]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            if name in self.said:
                field.label, field.help_text = self.said[name]


class LoginForm(Plain, account.LoginForm):
    said: ClassVar = {"login": (_("Votre courriel"), ""), "password": (_("Votre mot de passe"), "")}


class SignupForm(Plain, account.SignupForm):
    """The name is free: a person is known here by what they do."""

    name = Line(max_length=200, required=False, widget=forms.TextInput({"autocomplete": "name"}))
    field_order = ("name", "email", "password1")

    def try_save(self, request: HttpRequest) -> tuple[User | None, HttpResponse | None]:
        """An account that is known takes as long to answer as one that is made: its password is hashed too."""
        if self.account_already_exists:
            make_password(self.cleaned_data["password1"])
        saved: tuple[User | None, HttpResponse | None] = super().try_save(request)
        return saved

    said: ClassVar = {
        "name": (_("Votre nom"), _("Tel que vos interlocuteurs le liront.")),
        "email": (_("Votre courriel"), _("Nous y envoyons un lien pour le confirmer. Il n’est jamais publié.")),
        "password1": (_("Choisissez un mot de passe"), _NEW_PASSWORD),
    }


class AddEmailForm(Plain, account.AddEmailForm):
    said: ClassVar = {
        "email": (_("Nouvelle adresse"), _("Elle remplace l’ancienne quand vous aurez suivi le lien envoyé.")),
    }


class ChangePasswordForm(Plain, account.ChangePasswordForm):
    said: ClassVar = {
        "oldpassword": (_("Mot de passe actuel"), ""),
        "password1": (_("Nouveau mot de passe"), _NEW_PASSWORD),
        "password2": (_("Le nouveau, encore une fois"), ""),
    }


class SetPasswordForm(Plain, account.SetPasswordForm):
    said: ClassVar = {
        "password1": (_("Mot de passe"), _NEW_PASSWORD),
        "password2": (_("Encore une fois"), ""),
    }


class ResetPasswordForm(Plain, account.ResetPasswordForm):
    said: ClassVar = {"email": (_("Votre courriel"), "")}


class ResetPasswordKeyForm(Plain, account.ResetPasswordKeyForm):
    said: ClassVar = SetPasswordForm.said


class ReauthenticateForm(Plain, account.ReauthenticateForm):
    said: ClassVar = {"password": (_("Votre mot de passe"), "")}


class RequestLoginCodeForm(Plain, account.RequestLoginCodeForm):
    said: ClassVar = {"email": (_("Votre courriel"), "")}

    def clean_email(self) -> str:
        """For whomever the link of that mail opens to."""
        email: str = super().clean_email()
        self._user = mail_link.holder_of(email)
        return email


class ConfirmLoginCodeForm(Plain, account.ConfirmLoginCodeForm):
    said: ClassVar = {"code": (_("Code reçu par courriel"), "")}


_PROOF: dict[str, tuple[Words, Words]] = {
    "code": (_("Code de votre application"), _("Six chiffres. À défaut, l’un de vos codes de secours.")),
}


class AuthenticateForm(Plain, mfa.AuthenticateForm):
    said: ClassVar = _PROOF


class ReauthenticateCodeForm(Plain, mfa.ReauthenticateForm):
    said: ClassVar = _PROOF


class ActivateTOTPForm(Plain, totp.ActivateTOTPForm):
    said: ClassVar = {"code": (_("Code affiché par l’application"), _("Six chiffres, qui changent sans cesse."))}


class AddWebAuthnForm(Plain, webauthn.AddWebAuthnForm):
    """Always one that can sign in by itself."""

    said: ClassVar = {"name": (_("Nom de cette clé"), _("Pour la reconnaître : « ordinateur de la mairie »."))}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["passwordless"].widget = forms.HiddenInput()
        self.fields["passwordless"].initial = True


class EditWebAuthnForm(Plain, webauthn.EditWebAuthnForm):
    said: ClassVar = {"name": (_("Nom de cette clé"), "")}


class SocialSignupForm(Plain, social.SignupForm):
    said: ClassVar = {"email": (_("Votre courriel"), _("Nous y envoyons un lien pour le confirmer."))}


class NameForm(forms.ModelForm[User]):
    class Meta:
        model = User
        fields = ("name",)
        field_classes: ClassVar = {"name": Line}
        widgets: ClassVar = {"name": forms.TextInput({"autocomplete": "name"})}
        labels: ClassVar = {"name": _("Votre nom")}
        help_texts: ClassVar = {"name": _("Tel que vos interlocuteurs le liront.")}


class EraseForm(forms.Form):
    """Nobody erases an account by a slip of the finger."""

    email = forms.EmailField(
        label=_("Pour confirmer, recopiez votre adresse"), widget=forms.EmailInput({"autocomplete": "off"})
    )

    def __init__(self, *args: Any, email: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._own = email

    def clean_email(self) -> str:
        told = str(self.cleaned_data["email"])
        if told.lower() != self._own.lower():
            raise forms.ValidationError(_("Ce n’est pas l’adresse de ce compte."))
        return told
