"""Organizations, users and memberships; `parties.actions` is the only writer."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django_otp.plugins.otp_totp.models import TOTPDevice

from cms.core.encryption import EncryptedTextField, fingerprint
from cms.core.models import PrivateFile
from cms.rules.parties import (
    VERIFICATION,
    EnterpriseSize,
    OrganizationKind,
    PilotEntry,
    PilotStatus,
    VerificationState,
)
from cms.rules.roles import Role

SECRET_BYTES = 20  # of a one-time code (RFC 4226)
RECOVERY_CODE_LENGTH = 16  # hex digits: the column of django-otp holds no more


class User(AbstractUser):
    """A person who signs in; `full_name` is the real name (CC-10)."""

    full_name = models.CharField("姓名", max_length=50, blank=True)
    phone = EncryptedTextField("手机号", blank=True)
    identity_number = EncryptedTextField("身份证号", blank=True)
    second_factor_at = models.DateTimeField("启用动态口令时间", null=True, blank=True)

    class Meta:
        """Names shown in the admin."""

        verbose_name = verbose_name_plural = "用户"

    def __str__(self) -> str:
        """Return the real name, or the login name where none is known."""
        return self.full_name or self.username


class CodeDevice(TOTPDevice):
    """An app that shows one-time codes; the database does not hold its secret.

    `key` is a random number, and the secret follows from it with FIELD_KEYS: who
    reads the database alone can make no codes.
    """

    class Meta:
        """Names shown in the admin."""

        proxy = True
        verbose_name = verbose_name_plural = "动态口令"

    @property
    def bin_key(self) -> bytes:
        """The secret that the app keeps."""
        return bytes.fromhex(fingerprint(self.key, "second-factor"))[:SECRET_BYTES]


def recovery_code_in_store(code: str) -> str:
    """Return what the database keeps of a recovery code: a keyed hash of it."""
    return fingerprint(code, "recovery-code")[:RECOVERY_CODE_LENGTH]


class Organization(models.Model):
    """A unit, enterprise, bureau, operator or agency."""

    name = models.CharField("名称", max_length=120, unique=True)
    short_name = models.CharField("简称", max_length=40, blank=True)
    credit_code = models.CharField("统一社会信用代码", max_length=18, unique=True)
    kind = models.CharField("类型", max_length=24, choices=OrganizationKind.choices())
    pilot_status = models.CharField(
        "试点情况",
        max_length=12,
        choices=PilotStatus.choices(),
        default=PilotStatus.NONE.value,
    )
    pilot_entry = models.CharField(
        "进入方式", max_length=12, choices=PilotEntry.choices(), blank=True
    )
    pilot_batch = models.CharField("批次", max_length=20, blank=True)
    pilot_document = models.CharField("文号", max_length=60, blank=True)
    pilot_from = models.DateField("试点起", null=True, blank=True)
    pilot_until = models.DateField("试点止", null=True, blank=True)
    district = models.CharField("所属地区", max_length=12, blank=True)
    size = models.CharField(
        "规模", max_length=8, choices=EnterpriseSize.choices(), blank=True
    )
    verification = models.CharField(
        "实名状态",
        max_length=12,
        choices=VerificationState.choices(),
        default=VerificationState.UNVERIFIED.value,
    )
    created_at = models.DateTimeField("登记时间")

    class Meta:
        """Names shown in the admin."""

        verbose_name = verbose_name_plural = "主体"
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(pilot_until=None)
                | models.Q(pilot_until__gt=models.F("pilot_from")),
                name="pilot_ends_after_start",
            )
        ]

    def __str__(self) -> str:
        """Return the full name."""
        return self.name


class Membership(models.Model):
    """A role that a person holds in an organization."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="memberships"
    )
    role = models.CharField("角色", max_length=4, choices=Role.choices())
    is_active = models.BooleanField("有效", default=True)

    class Meta:
        """One row for each role a person holds in an organization."""

        verbose_name = verbose_name_plural = "成员"
        constraints = [
            models.UniqueConstraint(
                fields=["user", "organization", "role"], name="membership_once"
            ),
            # 三员分立 in the database; against business roles: grant_role.
            models.UniqueConstraint(
                fields=["user"],
                condition=models.Q(
                    role__in=[Role.ADMINISTRATOR.value, Role.AUDITOR.value],
                    is_active=True,
                ),
                name="one_officer_role",
            ),
        ]

    def __str__(self) -> str:
        """Return person, organization and role."""
        return f"{self.user}·{self.organization}·{Role(self.role).label}"


class VerificationCase(models.Model):
    """Real-name check of an organization (CC-10); states in `rules.parties`."""

    state_table = VERIFICATION

    organization = models.OneToOneField(
        Organization, on_delete=models.PROTECT, related_name="verification_case"
    )
    status = models.CharField(
        "状态",
        max_length=12,
        choices=VerificationState.choices(),
        default=VerificationState.UNVERIFIED.value,
    )
    version = models.PositiveIntegerField(default=1)
    submitted_by = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="+"
    )
    submitted_at = models.DateTimeField("提交时间", null=True)
    legal_representative = models.CharField("法定代表人", max_length=50, blank=True)
    handler_name = models.CharField("经办人", max_length=50, blank=True)
    handler_identity = EncryptedTextField("经办人身份证号", blank=True)
    handler_phone = EncryptedTextField("经办人手机号", blank=True)
    license_file = models.ForeignKey(
        PrivateFile, null=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_by = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField("核验时间", null=True)
    comment = models.CharField("核验意见", max_length=500, blank=True)

    class Meta:
        """Names shown in the admin."""

        verbose_name = verbose_name_plural = "实名认证"

    def __str__(self) -> str:
        """Return the organization and its state."""
        return f"{self.organization}·{VerificationState(self.status).label}"
