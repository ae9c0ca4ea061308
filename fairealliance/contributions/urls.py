"""Addresses of the contributions room."""

from django.urls import path

from fairealliance.contributions.views import attached, correcting, following, proposing

app_name = "contributions"
urlpatterns = [
    path("", proposing.index, name="index"),
    path("commencer/", proposing.begin, name="begin"),
    path("correction/", correcting.correct, name="correct"),
    path("correction/merci/", correcting.corrected, name="corrected"),
    path("fichiers/<uuid:key>.<slug:extension>", attached.public, name="file"),
    path("cas/<slug:token>/", following.case, name="case"),
    path("cas/<slug:token>/relire/", proposing.review, name="review"),
    path("cas/<slug:token>/envoyer/", proposing.send, name="send"),
    path("cas/<slug:token>/repondre/", following.answer, name="answer"),
    path("cas/<slug:token>/retirer/", following.withdraw, name="withdraw"),
    path("cas/<slug:token>/lien/", following.mail_link, name="mail-link"),
    path("cas/<slug:token>/nouveau-lien/", following.renew, name="renew"),
    path("cas/<slug:token>/fichiers/<int:number>/", attached.own, name="own-file"),
    path("cas/<slug:token>/etape/<slug:step>/", proposing.step, name="step"),
    path("cas/<slug:token>/etape/<slug:step>/enregistrer/", proposing.autosave, name="autosave"),
]
