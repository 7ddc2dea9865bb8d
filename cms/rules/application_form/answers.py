"""Answers that several editions share: yes and no."""

YES, NO = "yes", "no"
YES_NO = ((YES, "是"), (NO, "否"))
