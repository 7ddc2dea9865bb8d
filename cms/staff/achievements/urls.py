"""URLs."""

from django.urls import URLPattern, URLResolver, path

from cms.staff.achievements import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.queue, name="desk_achievements"),
    path("<int:pk>/", views.review, name="desk_achievement"),
    path("<int:pk>/decide/", views.decide, name="desk_achievement_decide"),
    path(
        "<int:pk>/pictures/<int:picture_id>/",
        views.picture,
        name="desk_achievement_picture",
    ),
]
