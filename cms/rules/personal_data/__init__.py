"""Personal data (个人信息) in text that is to be public: found, masked, refused."""

from cms.rules.personal_data.scanner import (
    DEFAULT_KINDS,
    Hit,
    PersonalDataKind,
    check_public_text,
    find_personal_data,
)

__all__ = [
    "DEFAULT_KINDS",
    "Hit",
    "PersonalDataKind",
    "check_public_text",
    "find_personal_data",
]
