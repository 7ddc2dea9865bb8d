"""Who changes templates: the bureau decides, the units' offices may propose."""

from cms.rules.roles import Role

APPROVERS = (Role.BUREAU, Role.ADMINISTRATOR)
AUTHORS = (*APPROVERS, Role.TRANSFER_OFFICE)
