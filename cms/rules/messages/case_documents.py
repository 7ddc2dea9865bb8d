"""Templates and papers of cases (AS-01…AS-09)."""

from cms.rules.messages.message import Message

MESSAGES = (
    Message(
        "E-CD-01", "文书{instrument}没有使用中的模板，请先批准模板。", ("附件6四",)
    ),
    Message("E-CD-02", "这一版模板已经登记，无需重复提交。", ("附件6四",)),
    Message(
        "E-CD-03",
        "清单写的是文书{number}，所选的是文书{instrument}；请更换清单或者改选文书。",
        ("附件6四",),
    ),
    Message("E-CD-04", "版本号{version}已经用过，请另写一个。", ("附件6四",)),
    Message("E-CD-05", "模板还有{n}处问题没有改正，请改正后重新上传。", ("附件6四",)),
    Message("E-CD-06", "全部情形的检查还没有完成，完成后才能提交批准。", ("附件6四",)),
    Message("E-CD-07", "不予批准须写明理由。", ("附件6四",)),
    Message("E-CD-08", "清单中的版本号、施行日期不是单独一行，无法填写。"),
    Message("E-CD-09", "文书{instrument}不在本案的文书单中，不能组装。", ("附件6四",)),
    Message(
        "E-CD-11",
        "文书组装服务没有应答（{reason}）。答案已保存，文书尚未生成，请稍后再试；"
        "仍不成功的，请告知系统管理员。",
        ("附件6四",),
    ),
    Message(
        "E-CD-12",
        "文书组装服务的应答不能采用（{reason}），文书尚未生成，请告知系统管理员。",
        ("附件6四",),
    ),
    Message(
        "E-CD-13",
        "文书组装服务没有{instrument}正在使用的这一版模板，文书尚未生成，"
        "请系统管理员更新该服务的模板库。",
        ("附件6四",),
    ),
)
