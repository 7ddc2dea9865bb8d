"""Burdens on a right: what stands against another license (§20 是否质押/独占)."""

from cms.rules.labels import LabeledEnum


class Encumbrance(LabeledEnum):
    """Burdens on an item of intellectual property."""

    NONE = "none", "无"
    PLEDGED = "pledged", "已质押"
    ORDINARY = "ordinary", "已有普通许可"
    SOLE = "sole", "已有排他许可"
    EXCLUSIVE = "exclusive", "已有独占许可"


EXCLUDING = (Encumbrance.SOLE, Encumbrance.EXCLUSIVE)
"""Burdens that keep others from using the achievement (E-UT-06)."""
