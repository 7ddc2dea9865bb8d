"""Regions (行政区划): Liuzhou by GB/T 2260, its functional zones, places elsewhere."""

from cms.rules.vocabularies.vocabulary import Term, Vocabulary

CITY = "450200"
ELSEWHERE = "ELSEWHERE"

# Functional zones have no GB/T 2260 code: local codes in the free range 4502Fn.
DISTRICTS = Vocabulary(
    "districts",
    "行政区划",
    (
        Term(CITY, "柳州市"),
        Term("450202", "城中区", CITY),
        Term("450203", "鱼峰区", CITY),
        Term("450204", "柳南区", CITY),
        Term("450205", "柳北区", CITY),
        Term("450206", "柳江区", CITY),
        Term("450222", "柳城县", CITY),
        Term("450223", "鹿寨县", CITY),
        Term("450224", "融安县", CITY),
        Term("450225", "融水苗族自治县", CITY),
        Term("450226", "三江侗族自治县", CITY),
        Term("4502F1", "柳东新区", CITY, "功能区，本地代码"),
        Term("4502F2", "北部生态新区（阳和）", CITY, "功能区，本地代码"),
        Term(ELSEWHERE, "柳州市外"),
        Term("450100", "南宁市", ELSEWHERE),
        Term("450300", "桂林市", ELSEWHERE),
        Term("450000", "广西其他设区市", ELSEWHERE),
        Term("100000", "广西区外", ELSEWHERE),
        Term("900000", "境外", ELSEWHERE),
    ),
)
