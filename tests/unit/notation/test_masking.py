import pytest

from notation.masking import mask_account, mask_email, mask_identity_number, mask_phone


@pytest.mark.parametrize(
    ("mask", "text", "shown"),
    [
        (mask_identity_number, "450202199001010015", "450202********0015"),
        (mask_identity_number, "4502", "****"),
        (mask_phone, "13800138000", "138****8000"),
        (mask_phone, "2800000", "*******"),
        (mask_account, "6222000011112222", "************2222"),
        (mask_account, "12", "****12"),
        (mask_email, "wang@example.com", "w***@example.com"),
    ],
)
def test_personal_number_is_masked(mask, text, shown):
    assert mask(text) == shown
