"""Actors of the register §1 as roles that a person holds in an organization."""

from cms.rules.labels import LabeledEnum


class Role(LabeledEnum):
    """What a person may do for an organization."""

    ENTERPRISE = "ENT", "企业用户"
    RESEARCHER = "RES", "科研人员"
    TRANSFER_OFFICE = "TTO", "成果转化部门经办"
    APPROVER = "APV", "单位审批人"
    FINANCE = "FIN", "财务"
    HUMAN_RESOURCES = "HR", "人事"
    DISCIPLINE = "DIS", "纪检审计"
    TECHNOLOGY_MANAGER = "TM", "技术经理人"
    PLATFORM = "PLA", "交易平台审核员"
    AGENT = "AGT", "中介机构"
    AUCTIONEER = "AUC", "拍卖机构"
    BUREAU = "STB", "市科技局"
    MARKET_REGULATOR = "AMR", "市市场监管局"
    SYSTEM = "SYS", "系统"
    ADMINISTRATOR = "ADM", "平台管理员"
    AUDITOR = "AUD", "安全审计员"
