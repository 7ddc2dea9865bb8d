"""Members of my organization: invite, give and take roles, new activation link."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from cms.core import clock
from cms.core.actors import Actor
from cms.core.list_parameters import PAGE, ListParameters
from cms.core.refusals import add_refusal, tell_refusal
from cms.pages.accounts.organization import own_organization
from cms.parties.actions.accounts import activation_parts
from cms.parties.actions.members import (
    grant_role,
    granting_roles,
    invite_member,
    issue_activation,
    reset_second_factor,
    revoke_role,
)
from cms.parties.models import Membership, Organization, User
from cms.parties.queries import (
    get_member,
    get_membership,
    list_members,
    list_roles_in,
)
from cms.rules.parties import GRANTABLE, ROLES_OF_KIND, OrganizationKind
from cms.rules.roles import Role
from cms.rules.violations import RuleViolation

PAGE_SIZE = 50
LIST = ListParameters(
    "成员管理", "/my/organization/members/", {"organization": "单位", **PAGE}
)


class InvitationForm(forms.Form):
    """A new person and the first role."""

    full_name = forms.CharField(label="姓名", max_length=50)
    username = forms.RegexField(
        label="登录名",
        regex=r"^[a-z][a-z0-9._-]{3,39}$",
        help_text="4至40个字符，小写字母开头，可用小写字母、数字、点和横线。",
        error_messages={"invalid": "登录名格式不符。"},
    )
    role = forms.ChoiceField(label="角色")

    def __init__(self, *args: object, roles: list[Role], **kwargs: object) -> None:
        """Offer only roles that the inviter may give here."""
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["role"].choices = [  # type: ignore[attr-defined]
            (role.value, role.label) for role in roles
        ]


def _actor(request: HttpRequest) -> Actor:
    return request.actor  # type: ignore[attr-defined, no-any-return]


def _managed(request: HttpRequest) -> tuple[Organization, list[Role]]:
    """Return the organization and the roles the person may give in it, or 404."""
    organization = own_organization(request)
    granter = granting_roles(_actor(request), organization)
    fitting = ROLES_OF_KIND[OrganizationKind(organization.kind)]
    roles = [
        role
        for role in Role
        if role in fitting and any(role in GRANTABLE.get(g, ()) for g in granter)
    ]
    if not roles:
        raise Http404
    return organization, roles


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@LIST.checks
def members(request: HttpRequest) -> HttpResponse:
    """List the members and invite new ones."""
    organization, roles = _managed(request)
    form = InvitationForm(request.POST or None, roles=roles)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            user = invite_member(
                organization,
                username=values["username"],
                full_name=values["full_name"],
                role=Role(values["role"]),
                by=_actor(request),
                at=clock.now(),
            )
        except RuleViolation as error:
            add_refusal(form, error)
        else:
            return _hand_over(request, organization, user)
    page = Paginator(list_members(organization), PAGE_SIZE).get_page(
        request.GET.get("page")
    )
    context = {
        "organization": organization,
        "page": page,
        "query": f"organization={organization.pk}&",
        "form": form,
        "has_errors": bool(form.errors),
    }
    return render(request, "accounts/members.html", context)


def _hand_over(
    request: HttpRequest, organization: Organization, user: User
) -> HttpResponse:
    """Keep the link for one showing on the page that follows the redirect."""
    request.session["activation"] = {
        "name": user.full_name,
        "path": reverse("activate", args=activation_parts(user)),
        "organization": organization.pk,
    }
    return redirect("member_link")


@never_cache
@login_required
def member_link(request: HttpRequest) -> HttpResponse:
    """Show the activation link once, to be handed over in person."""
    link = request.session.pop("activation", None)
    if link is None:
        return redirect("my_organization")
    link["url"] = request.build_absolute_uri(link["path"])
    return render(request, "accounts/member_link.html", {"link": link})


def _member(request: HttpRequest, user_id: int) -> tuple[Organization, User]:
    organization, _ = _managed(request)
    user = get_member(organization, user_id)
    if user is None:
        raise Http404
    return organization, user


@never_cache
@login_required
def member(request: HttpRequest, user_id: int) -> HttpResponse:
    """Show one member: roles, and what the person who looks may do about them."""
    organization, user = _member(request, user_id)
    _, roles = _managed(request)
    held = list(list_roles_in(organization, user))
    held_codes = {item.role for item in held}
    context = {
        "organization": organization,
        "person": user,
        "is_self": user.pk == request.user.pk,
        "held": [(item, Role(item.role) in roles) for item in held],
        "roles": [
            (role.value, role.label) for role in roles if role.value not in held_codes
        ],
        "has_second_factor": user.second_factor_at is not None,
    }
    return render(request, "accounts/member.html", context)


@login_required
@require_POST
def give_role(request: HttpRequest, user_id: int) -> HttpResponse:
    """Give a member one more role."""
    organization, user = _member(request, user_id)
    code = request.POST.get("role", "")
    if code not in {role.value for role in Role}:
        raise Http404
    try:
        grant_role(user, organization, Role(code), by=_actor(request), at=clock.now())
        messages.success(request, f"已授予{user}“{Role(code).label}”角色。")
    except RuleViolation as error:
        tell_refusal(request, error)
    return _to_member(organization, user)


@login_required
@require_POST
def take_role(request: HttpRequest, membership_id: int) -> HttpResponse:
    """Take a role from a member."""
    organization, _ = _managed(request)
    membership: Membership | None = get_membership(organization, membership_id)
    if membership is None:
        raise Http404
    try:
        revoke_role(membership, by=_actor(request), at=clock.now())
        messages.success(request, "已收回该角色。")
    except RuleViolation as error:
        tell_refusal(request, error)
    return _back(organization)


@login_required
@require_POST
def new_link(request: HttpRequest, user_id: int) -> HttpResponse:
    """Make a new activation link for a member who forgot the password."""
    organization, user = _member(request, user_id)
    try:
        issue_activation(user, organization, by=_actor(request), at=clock.now())
    except RuleViolation as error:
        tell_refusal(request, error)
        return _to_member(organization, user)
    return _hand_over(request, organization, user)


@login_required
@require_POST
def reset_code(request: HttpRequest, user_id: int) -> HttpResponse:
    """Switch off the second factor of a member whose phone is lost."""
    organization, user = _member(request, user_id)
    try:
        reset_second_factor(user, organization, by=_actor(request), at=clock.now())
        messages.success(request, f"已停用{user}的动态口令。")
    except RuleViolation as error:
        tell_refusal(request, error)
    return _to_member(organization, user)


def _to_member(organization: Organization, user: User) -> HttpResponse:
    path = reverse("member", args=[user.pk])
    return redirect(f"{path}?organization={organization.pk}")


def _back(organization: Organization) -> HttpResponse:
    return redirect(f"{reverse('members')}?organization={organization.pk}")
