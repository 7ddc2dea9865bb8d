"""URLs of the supply list and of the unit's applications."""

from django.urls import URLPattern, URLResolver, path

from cms.pages.supply.offer_views import (
    offer_detail,
    offer_export,
    offer_file,
    offer_list,
)
from cms.pages.supply.room_views import (
    application_case,
    application_list,
    application_start,
    application_step,
    application_tasks,
)
from cms.pages.supply.submit_views import (
    application_check,
    application_receipt,
    receipt,
)
from cms.pages.supply.topic_views import topic_page

_OWN = "my/applications/"
_ONE = f"{_OWN}<int:pk>/"
urlpatterns: list[URLPattern | URLResolver] = [
    path("supply/", offer_list, name="offer_list"),
    path("supply/export.xlsx", offer_export, name="offer_export"),
    path("supply/receipts/<str:code>/", receipt, name="receipt"),
    path("supply/<str:number>/", offer_detail, name="offer_detail"),
    path("supply/<str:number>/files/<int:file_id>/", offer_file, name="offer_file"),
    path(_OWN, application_list, name="application_list"),
    path(f"{_OWN}start/", application_start, name="application_start"),
    path(f"{_ONE}", application_case, name="application_case"),
    path(f"{_ONE}form/", application_tasks, name="application_tasks"),
    path(f"{_ONE}form/<slug:code>/", topic_page, name="application_topic"),
    path(f"{_ONE}check/", application_check, name="application_check"),
    path(
        f"{_ONE}receipts/<int:sequence>/",
        application_receipt,
        name="application_receipt",
    ),
    path(f"{_ONE}steps/<slug:step>/", application_step, name="application_step"),
]
