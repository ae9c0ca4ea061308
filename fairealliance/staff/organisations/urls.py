"""Addresses of organisations at the desk."""

from django.urls import path

from fairealliance.staff.organisations import claims, doubles, entrusted, inviting

app_name = "staff_organisations"
urlpatterns = [
    path("demandes/", claims.queue, name="claims"),
    path("demandes/<int:pk>/", claims.detail, name="claim"),
    path("demandes/<int:pk>/accepter/", claims.accept, name="claim-accept"),
    path("demandes/<int:pk>/refuser/", claims.refuse, name="claim-refuse"),
    path("confiees/", entrusted.entrusted, name="entrusted"),
    path("<int:pk>/inviter/", inviting.invite, name="invite"),
    path("doubles/", doubles.index, name="doubles"),
    path("doubles/<int:one>/<int:other>/", doubles.compare, name="compare"),
    path("reunies/<int:pk>/separer/", doubles.unmerge, name="unmerge"),
]
