"""URLs of checkpoints, proofs and health."""

from django.urls import URLPattern, URLResolver, path

from cms.pages.evidence import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("evidence/", views.checkpoint_list, name="evidence"),
    path("evidence/checkpoints.json", views.checkpoints, name="checkpoints"),
    path("evidence/proof.json", views.proof, name="evidence_proof"),
    path("evidence/consistency.json", views.consistency, name="evidence_consistency"),
    path("healthz", views.health, name="health"),
]
