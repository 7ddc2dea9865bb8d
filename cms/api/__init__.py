"""Headless API (接口) in Plone's dialect at /++api++/."""
