"""Addresses of the network at the desk."""

from django.urls import path

from fairealliance.staff.network import catalysts, invitations, mediators, support

app_name = "staff_network"
urlpatterns = [
    path("", catalysts.queue, name="catalysts"),
    path("<int:pk>/", catalysts.detail, name="catalyst"),
    path("<int:pk>/accepter/", catalysts.accept, name="accept"),
    path("<int:pk>/refuser/", catalysts.refuse, name="refuse"),
    path("appuis/", support.queue, name="requests"),
    path("appuis/<int:pk>/", support.detail, name="request"),
    path("invitations/", invitations.index, name="invitations"),
    path("invitations/<int:pk>/retirer/", invitations.take_back, name="uninvite"),
    path("mediations/", mediators.index, name="mediators"),
    path("mediations/<int:pk>/retirer/", mediators.take_back, name="take-back"),
]
