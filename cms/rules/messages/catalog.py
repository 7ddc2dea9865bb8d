"""Catalogue (成果目录): entries, list parameters, Excel import (own codes)."""

from cms.rules.messages.message import Message

MESSAGES = (
    Message("E-CA-01", "成果名称不得超过{most}字（当前{count}字）。", ("附件4六",)),
    Message("E-CA-02", "简介须为{least}至{most}字（当前{count}字）。", ("附件4六",)),
    Message("E-CA-03", "成熟度{level}级与“{stage}”不一致。", ("附件4六",)),
    Message("E-CA-04", "“{label}”的值“{value}”不在代码表中。", ("附件4六",)),
    Message(
        "E-CA-05",
        "“{label}”由先使用后付费申请或先用后转信息形成，不能直接填写。",
        ("附件6二", "附件4十三(一)"),
    ),
    Message("E-CA-06", "第{position}项知识产权缺少：{fields}。", ("附件4六",)),
    Message("E-CA-07", "第{position}项知识产权的日期先后有误：{detail}。"),
    Message("E-CA-08", "图片不得超过{most}张。"),
    Message("E-CA-09", "图片无法识别，请上传 JPEG 或 PNG 格式的图片。"),
    Message("E-CA-10", "图片尺寸过大（最多{most}万像素）。"),
    Message("E-CA-11", "参考价格须为大于0、最多两位小数的金额，或选择面议。"),
    Message("E-CA-12", "本单位已有相同台账登记号的成果：{number}。"),
    Message("E-QP-01", "不支持的筛选参数“{name}”，最接近的是“{nearest}”。"),
    Message("E-QP-02", "筛选参数“{name}”的值“{value}”无效。"),
    Message("E-QP-03", "第{page}页不存在，共{pages}页。"),
    Message(
        "E-XL-01",
        "文件不是可读取的 Excel 工作簿（.xlsx）。.xls、.csv 等请先另存为 .xlsx，"
        "设有打开密码的请先取消密码。",
    ),
    Message("E-XL-02", "文件过大：最多{most}兆字节。"),
    Message("E-XL-03", "文件结构异常（解压后过大或部件过多），已拒绝读取。"),
    Message("E-XL-04", "文件含有{what}，请去除后再上传。"),
    Message("E-XL-05", "行数超过上限：最多{most}行。"),
    Message("E-XL-06", "表头与模板不一致，缺少：{columns}。"),
    Message("E-XL-07", "文件中没有数据行。"),
    Message("E-XL-08", "必填项未填写。"),
    Message("E-XL-09", "“{value}”不在可选值中。"),
    Message("E-XL-10", "“{value}”不是有效日期（格式如 2026-09-25）。"),
    Message("E-XL-11", "“{value}”不是有效数字。"),
    Message("E-XL-12", "与第{row}行重复。"),
    Message("E-XL-13", "本单位已有相同的成果（{what}）。"),
    Message("E-XL-14", "单元格含有公式，请改为数值或文字。"),
    Message("E-XL-15", "知识产权明细未对应成果：台账登记号“{value}”不在成果表中。"),
    Message("E-XL-18", "“{value}”不是有效的电子邮箱。"),
    Message("E-XL-19", "文件中没有“{sheet}”工作表，请使用模板填写。"),
    Message("E-XL-17", "超过{most}字（当前{count}字）。"),
    Message("E-XL-16", "导入的成果已有提交或修改，不能撤销导入。"),
)
