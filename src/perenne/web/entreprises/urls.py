"""Addresses of the enterprises and of their corrections."""

from __future__ import annotations

from django.urls import path

from perenne.web.entreprises import vues, vues_corrections

urlpatterns = [
    path("entreprises/", vues.entreprises, name="entreprises"),
    path("entreprises/<str:numero>/", vues.entreprise, name="entreprise"),
    path("entreprises/<str:numero>/corriger/", vues_corrections.corriger, name="corriger"),
    path("corrections/", vues_corrections.corrections, name="corrections"),
    path("corrections/<int:correction>/", vues_corrections.examiner, name="correction-examiner"),
    path("corrections/decisions.csv", vues_corrections.decisions, name="decisions"),
]
