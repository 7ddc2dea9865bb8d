"""From the match to performance: contract, notice, signing, filing (FP-09, AS-09)."""

from datetime import date

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile

from cms.case_documents.actions import load_library
from cms.case_documents.models import Paper
from cms.core import answers as sheets
from cms.core import due
from cms.core.evidence.verification import verify
from cms.payments.models import Payment
from cms.recordal.models import RecordalTask
from cms.signed_papers.models import SignedPaper
from cms.supply_demand.models import Agreement
from tests.factories.agreements import make_match, open_notice_of_agreement
from tests.factories.notices import at
from tests.factories.recordal import complete
from tests.factories.signed_papers import agreement_answers, signed_pdf

pytestmark = pytest.mark.django_db
OPENED, CLOSED = at("2026-11-02 09:00"), at("2026-11-18 00:00")
CHANGES = {"300,000.00": "260,000.00", "叁拾万元整": "贰拾陆万元整"}


def filled(page) -> dict[str, str]:
    """Return the filing form as the page shows it, ready to be sent."""
    rows, form = page.context["rows"], page.context["form"]
    sent = {name: str(value or "") for name, value in form.initial.items()}
    for kind, parts in (
        ("change", ("clause", "before", "after", "note")),
        ("value", ("path", "new")),
        ("signatory", ("party", "name", "capacity")),
    ):
        for row in getattr(
            rows, {"change": "changes", "value": "values"}.get(kind, "signatories")
        ):
            sent |= {f"{kind}-{row.index}-{part}": getattr(row, part) for part in parts}
            if getattr(row, "is_listed", False):
                sent[f"change-{row.index}-listed"] = "on"
    return sent


def test_contract_from_match_to_performance(actors, client_as):
    load_library(at=OPENED)
    office = client_as(actors.people["tto"])
    match = make_match(actors, when=OPENED)
    office.post(f"/my/agreements/new/{match.pk}/", {"kind": "D-31"})
    agreement = Agreement.objects.get()
    sheet = sheets.get_sheet(agreement)
    by = actors.actor("tto")
    answers = agreement_answers(actors)
    sheets.write(agreement, answers, version=sheet.version, by=by, at=OPENED)
    open_notice_of_agreement(actors, agreement, when=OPENED)
    papers = f"/my/papers/agreement/{agreement.pk}/"

    with time_machine.travel(at("2026-11-10 09:00"), tick=False):
        office = client_as(actors.people["tto"])
        office.post(f"{papers}assemble/", {"instrument": "D-31"})
        paper = Paper.objects.get()
        file = SimpleUploadedFile("签署件.pdf", signed_pdf(paper, CHANGES))
        sent = office.post(f"{papers}{paper.pk}/signed/", {"files": file})
        signed = SignedPaper.objects.get()
        assert sent["Location"] == f"{papers}signed/{signed.pk}/"
        form = filled(office.get(sent["Location"]))
        early = {**form, "signed_on": "2026-11-10", "effective_on": "2026-12-01"}
        refused = office.post(sent["Location"], early)
        assert (refused.status_code, "E-NT-04" in refused.text) == (422, True)
        assert 'value="2026-12-01"' in refused.text

    due.sweep(until=CLOSED)
    with time_machine.travel(at("2026-11-20 09:00"), tick=False):
        office = client_as(actors.people["tto"])
        late = {**early, "signed_on": "2026-11-19"}
        filed = office.post(sent["Location"], late, follow=True)
        assert "已归档" in filed.text, filed.text
        assert "260,000.00" in filed.text

    agreement.refresh_from_db()
    assert (agreement.status, agreement.signed_on) == ("signed", date(2026, 11, 19))
    due.sweep(until=at("2026-12-01 00:00"))
    agreement.refresh_from_db()
    assert agreement.status == "performed"
    assert Payment.objects.get().payer == actors.enterprise
    with time_machine.travel(at("2026-12-02 09:00"), tick=False):
        enterprise = client_as(actors.people["ent"])
        got = enterprise.get(f"{papers}signed/{signed.pk}/file.pdf")
        assert got["Content-Type"] == "application/pdf"
        bureau = client_as(actors.people["stb"])
        assert "先使用后付费技术许可合同" not in bureau.get("/desk/filed/").text
        report = RecordalTask.objects.get(kind="filing")
        complete(actors, report, when=at("2026-12-02 09:00"))
        assert "先使用后付费技术许可合同" in bureau.get("/desk/filed/").text
    assert verify().findings == []
