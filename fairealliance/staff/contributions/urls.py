"""Addresses of proposals and corrections at the desk. What is not public yet is kept by no browser."""

from django.urls import path
from django.views.decorators.cache import never_cache

from fairealliance.staff.contributions import corrections, views

app_name = "staff_contributions"
urlpatterns = [
    path("", views.queue, name="queue"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/modifier/", views.edit, name="edit"),
    path("<int:pk>/apercu/", never_cache(views.preview), name="preview"),
    path("<int:pk>/publier/", views.accept, name="accept"),
    path("<int:pk>/question/", views.ask, name="ask"),
    path("<int:pk>/refuser/", views.decline, name="decline"),
    path("<int:pk>/depublier/", views.unpublish, name="unpublish"),
    path("<int:pk>/rouvrir/", views.reopen, name="reopen"),
    path("<int:pk>/confiance/", views.trust, name="trust"),
    path("<int:pk>/fichiers/<int:number>/", never_cache(views.file), name="file"),
    path("corrections/", corrections.queue, name="corrections"),
    path("corrections/<int:pk>/", corrections.detail, name="correction"),
    path("corrections/<int:pk>/accepter/", corrections.accept, name="correction-accept"),
    path("corrections/<int:pk>/refuser/", corrections.refuse, name="correction-refuse"),
]
