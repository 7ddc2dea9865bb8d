"""URLs of the room of empowerment cases; each act has its own."""

from django.urls import URLPattern, URLResolver, path

from cms.pages.empowerment.act_views import act_view
from cms.pages.empowerment.acts import ACTS
from cms.pages.empowerment.case_views import grant_case
from cms.pages.empowerment.list_views import grant_list
from cms.pages.empowerment.start_views import grant_new

_OWN = "my/grants/"
_ONE = f"{_OWN}<int:pk>/"
urlpatterns: list[URLPattern | URLResolver] = [
    path(_OWN, grant_list, name="grant_list"),
    path(f"{_OWN}new/", grant_new, name="grant_new"),
    path(_ONE, grant_case, name="grant_case"),
    *(
        path(f"{_ONE}{name}/", act_view(act), name=f"grant_{name.replace('-', '_')}")
        for name, act in ACTS.items()
    ),
]
