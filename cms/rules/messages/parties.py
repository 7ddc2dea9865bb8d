"""Refusals on members, roles, registration and sign-in (own family E-PA)."""

from cms.rules.messages.message import Message

MESSAGES = (
    Message(
        "E-ID-04",
        "专利号/申请号应为8位或12位数字加校验位，如ZL201810123456.5。",
        ("附件4六",),
    ),
    Message("E-ID-05", "手机号应为11位大陆手机号码。"),
    Message(
        "E-SE-03",
        "文件“{name}”无法读取，不能检查是否含个人信息，请另存后重新上传。",
        ("附件1附件三5",),
    ),
    Message("E-PA-01", "{kind}不设“{role}”这一角色。"),
    Message(
        "E-PA-02",
        "“{role}”与已有角色“{held}”应由不同人员担任（三员分立、办审分离）。",
    ),
    Message("E-PA-03", "您没有权限授予或收回“{role}”这一角色。"),
    Message("E-PA-04", "不得变更本人的角色，请由其他有权限的人员办理。"),
    Message("E-PA-05", "至少须保留一名有权管理成员的人员，不能停用最后一名。"),
    Message("E-PA-06", "不得核验本人所在主体的实名信息。", ("附件1十四(二)",)),
    Message("E-PA-07", "请填写理由。"),
    Message("E-PA-08", "该统一社会信用代码或名称已登记，请联系本单位管理人员或平台。"),
    Message("E-PA-09", "登录名不可用，请换一个。"),
    Message("E-PA-10", "止期应晚于起期。"),
    Message("E-PA-11", "仅科技局可以登记试点单位和参照实施单位。", ("主方案二(一)1",)),
    Message("E-PA-12", "提交实名认证前请补全：{fields}。", ("附件4十一(一)",)),
    Message("E-PA-13", "登录名或密码不正确；连续5次不正确将锁定30分钟。"),
    Message("E-PA-14", "口令不正确或已使用过，请稍候再试。"),
    Message("E-PA-15", "本次登录已超时，请重新输入登录名和密码。"),
    Message("E-PA-16", "当前密码不正确。"),
    Message(
        "E-PA-17",
        "仅高校、科研院所、国企、事业单位和驻柳科研单位可登记为试点或参照实施单位。",
        ("主方案二(一)1",),
    ),
    Message("E-PA-18", "请填写试点起止日期。", ("主方案二(一)3",)),
    Message("E-PA-19", "注册过于频繁，请一小时后再试。"),
    Message("E-PA-20", "找回密码过于频繁，请一小时后再试。"),
)
