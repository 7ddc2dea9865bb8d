"""Every act on signed papers."""

from cms.signed_papers.actions.endings import (
    give_up_recognition,
    note_listing,
    note_viewing,
    withdraw_signed_paper,
)
from cms.signed_papers.actions.filing import Filing, ListedChange, file_signed_paper
from cms.signed_papers.actions.payment_papers import (
    PaperDetails,
    make_payment_paper,
)
from cms.signed_papers.actions.uploads import UploadedPage, upload_signed_paper

__all__ = [
    "Filing",
    "ListedChange",
    "PaperDetails",
    "UploadedPage",
    "file_signed_paper",
    "give_up_recognition",
    "make_payment_paper",
    "note_listing",
    "note_viewing",
    "upload_signed_paper",
    "withdraw_signed_paper",
]
