"""Use first, transfer later (先用后转): states (§17.8)."""

from cms.rules.labels import LabeledEnum
from cms.rules.roles import Role
from cms.rules.state_machine import StateTable, Transition, by


class UseThenTransferState(LabeledEnum):
    """States of a use-first, transfer-later publication."""

    SUBMITTED = "submitted", "提交"
    REJECTED = "rejected", "驳回"
    PUBLISHED = "published", "已发布"
    UNDER_TRANSFORMATION = "under_transformation", "转化中"
    TRANSFORMED = "transformed", "已转化"


class UseThenTransferEvent(LabeledEnum):
    """What may happen to such a publication."""

    APPROVE = "approve", "审查通过"
    REJECT = "reject", "审查驳回"
    LICENSE = "license", "免费许可"
    REGISTER_INTENT = "register_intent", "受让意向"
    START_TRANSFORMATION = "start_transformation", "启动有偿转化"
    SELL = "sell", "成交"
    FAIL_TO_SELL = "fail_to_sell", "未成交"


_S, _E = UseThenTransferState, UseThenTransferEvent

USE_THEN_TRANSFER = StateTable(
    name="use_then_transfer",
    label="先用后转",
    states=UseThenTransferState,
    events=UseThenTransferEvent,
    transitions=(
        Transition(
            _S.SUBMITTED,
            _E.APPROVE,
            by(Role.PLATFORM),
            _S.PUBLISHED,
            guard="OT-70",
            document="D-56",
            four_eyes=True,
        ),
        Transition(
            _S.SUBMITTED,
            _E.REJECT,
            by(Role.PLATFORM),
            _S.REJECTED,
            guard="OT-70，须有理由",
            document="D-44",
            four_eyes=True,
        ),
        Transition(
            _S.PUBLISHED,
            _E.LICENSE,
            by(Role.TRANSFER_OFFICE, Role.ENTERPRISE),
            _S.PUBLISHED,
            guard="普通许可，费用为零；许可生效",
            timer="许可期满",
            document="D-57",
        ),
        Transition(
            _S.PUBLISHED,
            _E.REGISTER_INTENT,
            by(Role.ENTERPRISE),
            _S.PUBLISHED,
            guard="规定期限内；意向登记",
            timer="公告所载期限",
            document="D-59",
        ),
        Transition(
            _S.PUBLISHED,
            _E.START_TRANSFORMATION,
            by(Role.TRANSFER_OFFICE),
            _S.UNDER_TRANSFORMATION,
            guard="挂牌或拍卖；许可期内被许可人均已通知送达",
            document="D-58",
        ),
        Transition(
            _S.UNDER_TRANSFORMATION,
            _E.SELL,
            by(Role.SYSTEM),
            _S.TRANSFORMED,
            guard="不再新增免费许可，有效许可继续",
            document="D-60",
        ),
        Transition(
            _S.UNDER_TRANSFORMATION, _E.FAIL_TO_SELL, by(Role.SYSTEM), _S.PUBLISHED
        ),
    ),
)


class FreeLicenseState(LabeledEnum):
    """States of one free license."""

    IN_FORCE = "in_force", "生效"
    ENDED = "ended", "结束"


class FreeLicenseEvent(LabeledEnum):
    """What may happen to a free license."""

    EXPIRE = "expire", "期满"
    RESCIND = "rescind", "解除"


_SL, _EL = FreeLicenseState, FreeLicenseEvent

FREE_LICENSE = StateTable(
    name="free_license",
    label="先用后转免费许可",
    states=FreeLicenseState,
    events=FreeLicenseEvent,
    transitions=(
        Transition(
            _SL.IN_FORCE,
            _EL.EXPIRE,
            by(Role.SYSTEM),
            _SL.ENDED,
            timer="许可期满，提前30日、7日提醒",
        ),
        Transition(_SL.IN_FORCE, _EL.RESCIND, by(Role.TRANSFER_OFFICE), _SL.ENDED),
    ),
)
