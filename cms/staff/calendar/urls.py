"""URLs of the calendar's desk."""

from django.urls import URLPattern, URLResolver, path

from cms.staff.calendar import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.years, name="calendar_years"),
    path("import/", views.import_year, name="calendar_import"),
    path("import/template.csv", views.template, name="calendar_template"),
    path("confirm/", views.confirm, name="calendar_confirm"),
    path("<int:year>/", views.year_view, name="calendar_year"),
    path("<int:year>/calendar.csv", views.download, name="calendar_download"),
    path("<int:year>/publish/", views.publish, name="calendar_publish"),
    path("<int:year>/<str:day>/", views.edit_day, name="calendar_day"),
]
