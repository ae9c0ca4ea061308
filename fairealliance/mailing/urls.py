"""Addresses of mail: one's preferences, and the way out."""

from django.urls import path
from django.views.decorators.cache import never_cache

from fairealliance.mailing import views

app_name = "mailing"
urlpatterns = [
    path("compte/courriels/", never_cache(views.preferences), name="preferences"),
    path("courriels/arreter/<str:token>/", never_cache(views.unsubscribe), name="unsubscribe"),
]
