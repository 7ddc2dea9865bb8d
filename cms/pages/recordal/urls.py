"""URLs of the room of registration and recordal."""

from django.urls import URLPattern, URLResolver, path

from cms.pages.recordal.acts import ACTS
from cms.pages.recordal.list_views import (
    recordal_contracts,
    recordal_contracts_excel,
    recordal_list,
)
from cms.pages.recordal.task_views import (
    recordal_sheet,
    recordal_sheet_excel,
    recordal_task,
    task_act_view,
)

_OWN = "my/recordal/"
_ONE = f"{_OWN}<int:pk>/"
urlpatterns: list[URLPattern | URLResolver] = [
    path(_OWN, recordal_list, name="recordal_list"),
    path(f"{_OWN}contracts/", recordal_contracts, name="recordal_contracts"),
    path(
        f"{_OWN}contracts.xlsx",
        recordal_contracts_excel,
        name="recordal_contracts_excel",
    ),
    path(_ONE, recordal_task, name="recordal_task"),
    path(f"{_ONE}sheet/", recordal_sheet, name="recordal_sheet"),
    path(f"{_ONE}sheet.xlsx", recordal_sheet_excel, name="recordal_sheet_excel"),
    *(
        path(f"{_ONE}{name}/", task_act_view(act), name=f"recordal_{name}")
        for name, act in ACTS.items()
    ),
]
