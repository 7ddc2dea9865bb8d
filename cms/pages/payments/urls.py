"""URLs of the room of payments."""

from django.urls import URLPattern, URLResolver, path

from cms.pages.payments.acts import ACTS
from cms.pages.payments.list_views import payment_list, payments_excel
from cms.pages.payments.payment_views import (
    paper_pdf,
    payment,
    payment_act_view,
)

_OWN = "my/payments/"
_ONE = f"{_OWN}<int:pk>/"
urlpatterns: list[URLPattern | URLResolver] = [
    path(_OWN, payment_list, name="payment_list"),
    path("my/payments.xlsx", payments_excel, name="payments_excel"),
    path(_ONE, payment, name="payment"),
    path(f"{_ONE}papers/<int:paper_id>.pdf", paper_pdf, name="payment_paper_pdf"),
    *(
        path(f"{_ONE}{name}/", payment_act_view(act), name=f"payment_{name}")
        for name, act in ACTS.items()
    ),
]
