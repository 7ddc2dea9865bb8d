"""The act that makes a paper of a payment (D-33)."""

from django import forms

from cms.core.actors import Actor
from cms.core.encryption import new_salt
from cms.pages.payments.act_base import PaymentForm, day_field
from cms.payments.models import Payment
from cms.rules.payment_papers import PaymentPaperKind, papers_for
from cms.rules.payment_plans import PaymentTrigger
from cms.rules.shanghai_time import to_shanghai
from cms.signed_papers.actions import PaperDetails, make_payment_paper
from cms.signed_papers.actions.payment_papers import MAKERS


class PaperForm(PaymentForm):
    """A paper of the row: confirmation, notice, demand."""

    title = "生成付款文书"
    button = "生成"
    intro = "按签署的合同和本笔付款的记录生成 Word 文书，保存后双方都可以下载。"
    is_for_source = None

    kind = forms.ChoiceField(label="文书", widget=forms.RadioSelect)
    number = forms.CharField(label="文号", max_length=60)
    issued_on = day_field("日期", "文书载明的日期；确认书由双方签署时填写。")
    grace_days = forms.IntegerField(
        label="催告期限（日）",
        min_value=1,
        max_value=365,
        required=False,
        help_text="催告函须填写；合同约定了催告期限的按合同填写。",
    )

    @classmethod
    def is_offered(cls, payment: Payment, actor: Actor) -> bool:
        """Where the state calls for a paper, to the unit's office."""
        is_maker = bool(actor.roles_in(payment.owner_id) & set(MAKERS))
        return is_maker and bool(_papers(payment))

    def prepare(self) -> None:
        """Offer the papers of the state; propose number and day."""
        kinds = _papers(self.payment)
        self.fields["kind"].choices = [  # type: ignore[attr-defined]
            (kind.value, kind.label) for kind in kinds
        ]
        if PaymentPaperKind.DEMAND not in kinds:
            del self.fields["grace_days"]
        self.initial.setdefault("kind", kinds[-1].value if kinds else "")
        self.initial.setdefault("issued_on", to_shanghai(self.at).date())

    def clean(self) -> None:
        """Ask for the term of a demand."""
        given = self.cleaned_data
        is_demand = given.get("kind") == PaymentPaperKind.DEMAND
        if is_demand and not given.get("grace_days"):
            self.add_error("grace_days", "请填写催告期限。")

    def act(self) -> str:
        """Make it."""
        given = self.cleaned_data
        details = PaperDetails(
            given["number"].strip(), given["issued_on"], given.get("grace_days")
        )
        kind = PaymentPaperKind(given["kind"])
        signature = {"by": self.actor, "at": self.at}
        make_payment_paper(self.payment, kind, details, salt=new_salt(), **signature)
        return f"已生成{kind.label}，可在本页下载。"


def _papers(payment: Payment) -> list[PaymentPaperKind]:
    is_by_date = payment.trigger == PaymentTrigger.DATE
    return papers_for(payment.status, is_by_date=is_by_date)
