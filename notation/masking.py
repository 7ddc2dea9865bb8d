"""How personal data is shown to those who may see that it exists (CC-09)."""


def mask_identity_number(number: str) -> str:
    """Return `450202********0015`: region and last four stay."""
    if len(number) < 15:
        return "*" * len(number)
    return number[:6] + "*" * (len(number) - 10) + number[-4:]


def mask_phone(number: str) -> str:
    """Return `138****8000`; a number that is too short is starred whole."""
    if len(number) < 11:
        return "*" * len(number)
    return number[:-8] + "****" + number[-4:]


def mask_account(number: str) -> str:
    """Return stars and the last four digits."""
    return "*" * max(len(number) - 4, 4) + number[-4:]


def mask_email(address: str) -> str:
    """Return `w***@example.com`."""
    name, _, host = address.partition("@")
    return f"{name[:1]}***@{host}"
