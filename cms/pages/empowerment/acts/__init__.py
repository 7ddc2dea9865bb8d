"""Every act that the room offers, by the name that stands in its address."""

from cms.pages.empowerment.act_form import ActForm
from cms.pages.empowerment.acts import application, performance, publicity, review

ACTS: dict[str, type[ActForm]] = {
    "outline": application.OutlineForm,
    "accounts": application.AccountForm,
    "check": application.CheckForm,
    "declaration": application.DeclarationForm,
    "consent": application.ConsentForm,
    "submission": application.SubmissionForm,
    "verification": review.VerificationForm,
    "confirmation": review.ConfirmationForm,
    "review": review.ReviewForm,
    "opinion": review.OpinionForm,
    "decision": review.DecisionForm,
    "notice": publicity.NoticeDraftForm,
    "objection": publicity.ObjectionForm,
    "conclusion": publicity.ConclusionForm,
    "recheck": publicity.RecheckForm,
    "priority": publicity.PriorityForm,
    "registration": performance.RegistrationForm,
    "extension": performance.ExtensionRequestForm,
    "extension-decision": performance.ExtensionDecisionForm,
    "extension-notice": performance.ExtensionNoticeForm,
    "service": performance.ServiceForm,
    "rescission": performance.RescissionForm,
    "deletion": application.DeletionForm,
}
