"""Rules (规则): what the plan and the law require, as pure functions and tables."""
