"""Policies (政策文件): the plan and its guidelines, article by article."""
