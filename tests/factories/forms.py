"""Fields of a small form."""

from cms.rules.forms import (
    Condition,
    FieldType,
    FormField,
    Visibility,
)

YES_NO = (("yes", "是"), ("no", "否"))


ROWS = FormField(
    "rows",
    "明细",
    FieldType.ROWS,
    Visibility.PUBLIC,
    limit=2,
    row_label="明细",
    columns=(
        FormField("name", "名称", visibility=Visibility.PUBLIC, required=True),
        FormField(
            "number",
            "号码",
            FieldType.PATENT_NUMBER,
            checked_when=Condition("name", ("专利",)),
        ),
        FormField(
            "day", "日期", FieldType.DATE, show_when=Condition("name", ("专利",))
        ),
    ),
)
