"""Sign-up, sign-in, one's account and one's space. allauth's views under our addresses; none is ever cached."""

from collections.abc import Callable
from typing import Any

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from allauth.socialaccount import views as social
from django.urls import URLPattern, include, path, re_path
from django.views.decorators.cache import never_cache

from fairealliance.accounts.views import by_code, by_link, confirming, home, leaving, openid, own_data, sessions, space


def _path(route: str, view: Callable[..., Any], name: str) -> URLPattern:
    return path(route, never_cache(view), name=name)


_ours = [
    _path("connexion/lien/<str:token>/", by_link.enter, "enter-by-link"),
    _path("compte/", home.account, "account"),
    _path("compte/sessions/<int:pk>/fermer/", sessions.end, "end-session"),
    _path("compte/sessions/fermer/", sessions.end_all, "end-sessions"),
    _path("compte/donnees/", own_data.own_data, "own-data"),
    _path("compte/donnees/donnees.json", own_data.as_json, "own-data-json"),
    _path("compte/donnees/donnees.zip", own_data.as_archive, "own-data-archive"),
    _path("compte/effacer/", own_data.erase, "erase"),
    _path("compte/efface/", own_data.erased, "erased"),
    _path("mon-espace/", space.space, "space"),
]
urlpatterns = [
    path("", include((_ours, "accounts"))),
    _path("inscription/", account.signup, "account_signup"),
    _path("connexion/", account.login, "account_login"),
    _path("connexion/code/", account.request_login_code, "account_request_login_code"),
    _path("connexion/code/saisir/", by_code.enter, "account_confirm_login_code"),
    _path("connexion/seconde-preuve/", mfa.authenticate, "mfa_authenticate"),
    _path("connexion/cle/", webauthn.login_webauthn, "mfa_login_webauthn"),
    _path("connexion/confirmer/", account.reauthenticate, "account_reauthenticate"),
    _path("connexion/confirmer/code/", mfa.reauthenticate, "mfa_reauthenticate"),
    _path("connexion/confirmer/cle/", webauthn.reauthenticate_webauthn, "mfa_reauthenticate_webauthn"),
    _path("connexion/compte-ferme/", account.account_inactive, "account_inactive"),
    _path("connexion/identite/annulee/", social.login_cancelled, "socialaccount_login_cancelled"),
    _path("connexion/identite/echec/", social.login_error, "socialaccount_login_error"),
    _path("connexion/identite/inscription/", social.signup, "socialaccount_signup"),
    _path("connexion/avec/<slug:provider_id>/", openid.login, "openid_connect_login"),
    _path("connexion/avec/<slug:provider_id>/retour/", openid.callback, "openid_connect_callback"),
    _path("compte/identites/", social.connections, "socialaccount_connections"),
    _path("deconnexion/", leaving.logout, "account_logout"),
    _path("courriel/a-confirmer/", account.email_verification_sent, "account_email_verification_sent"),
    re_path(
        r"^courriel/confirmer/(?P<key>[-:\w]+)/$",
        never_cache(confirming.ConfirmView.as_view()),
        name="account_confirm_email",
    ),
    _path("mot-de-passe/oublie/", account.password_reset, "account_reset_password"),
    _path("mot-de-passe/oublie/envoye/", account.password_reset_done, "account_reset_password_done"),
    re_path(
        r"^mot-de-passe/nouveau/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[-\w]+)/$",
        never_cache(account.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    _path("mot-de-passe/change/", account.password_reset_from_key_done, "account_reset_password_from_key_done"),
    _path("compte/courriel/", account.email, "account_email"),
    _path("compte/mot-de-passe/", account.password_change, "account_change_password"),
    _path("compte/mot-de-passe/choisir/", account.password_set, "account_set_password"),
    _path("compte/sessions/", sessions.listed, "usersessions_list"),
    _path("compte/protection/", mfa.index, "mfa_index"),
    _path("compte/protection/application/", totp.activate_totp, "mfa_activate_totp"),
    _path("compte/protection/application/retirer/", totp.deactivate_totp, "mfa_deactivate_totp"),
    _path("compte/protection/codes/", codes.view_recovery_codes, "mfa_view_recovery_codes"),
    _path("compte/protection/codes/nouveaux/", codes.generate_recovery_codes, "mfa_generate_recovery_codes"),
    _path("compte/protection/codes/telecharger/", codes.download_recovery_codes, "mfa_download_recovery_codes"),
    _path("compte/protection/cles/", webauthn.list_webauthn, "mfa_list_webauthn"),
    _path("compte/protection/cles/ajouter/", webauthn.add_webauthn, "mfa_add_webauthn"),
    _path("compte/protection/cles/<int:pk>/retirer/", webauthn.remove_webauthn, "mfa_remove_webauthn"),
    _path("compte/protection/cles/<int:pk>/nommer/", webauthn.edit_webauthn, "mfa_edit_webauthn"),
]
