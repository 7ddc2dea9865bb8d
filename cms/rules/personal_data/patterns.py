"""Shapes of numbers and addresses that must not become public (CC-09)."""

import re

NARROW = " \\t\u200b-\u200d\u2060\ufeff\\-\u2010-\u2015.·_/"
SEPARATOR = f"[{NARROW}]{{0,3}}"
# What stands between the parts of a number that somebody has taken apart, by hand
# or where a line ends.
WIDE = f"[{NARROW}:,、・•()*|~]{{0,3}}"
BREAK = rf"{WIDE}(?:\r?\n{WIDE})?"
FEW_GAPS = 4
_BEFORE, _AFTER = r"(?<![0-9A-Za-z])", r"(?![0-9A-Za-z])"
IDENTITY = re.compile(
    rf"{_BEFORE}(?=([1-9](?:{SEPARATOR}[0-9]){{16}}{SEPARATOR}[0-9Xx]){_AFTER})"
)
SPLIT_IDENTITY = re.compile(
    rf"{_BEFORE}(?=([1-9](?:{BREAK}[0-9]){{16}}{BREAK}[0-9Xx]){_AFTER})"
)
GLUED_IDENTITY = re.compile(r"(?<![0-9])([1-9][0-9]{16}[0-9Xx])(?![0-9])")
SHORT_IDENTITY = re.compile(rf"{_BEFORE}([1-9][0-9]{{14}}){_AFTER}")
NAMED_IDENTITY = re.compile(
    r"身份证(?:件|号|号码|编号|明)*[^0-9\n]{0,8}([1-9][0-9]{13,16}[0-9Xx])" + _AFTER
)
MOBILE = re.compile(
    rf"(?<![0-9])(?=((?:(?:\+|00)?86{SEPARATOR})?"
    rf"(1{SEPARATOR}[3-9](?:{SEPARATOR}[0-9]){{9}}))(?![0-9A-Za-z]))"
)
GROUPINGS = frozenset(
    {
        (11,),
        (3, 4, 4),
        (3, 3, 5),
        (4, 4, 3),
        (4, 3, 4),
        (3, 8),
        (5, 6),
        (7, 4),
        (3, 4, 2, 2),
        (1,) * 11,
    }
)
CHINESE_DIGITS = str.maketrans("〇零○一幺二三四五六七八九", "0001123456789")
CHINESE_NUMBER = re.compile(
    "(?<![0-9])(?=[0-9]*[〇零○一幺二三四五六七八九])[0-9〇零○一幺二三四五六七八九]{11,18}(?![0-9])"
)
MOBILE_LABELS = re.compile(r"(?i)(?:tel|phone|mobile|mob|wx|vx|wechat)[:.]? ?\Z")
AMOUNT_BEFORE = re.compile(r"(?:[¥￥$€]|人民币|金额|[0-9][.,]) ?\Z")
AMOUNT_AFTER = re.compile(
    r"(?:[.,][0-9]+)? ?(?:元(?!件|素|器|组)|万|亿|[%％‰]|美元|欧元"
    r"|吨|公斤|千克|立方|平方|件|台|套|次)"
    r"|[.][0-9]"
)
CARD = re.compile(
    rf"{_BEFORE}(?=([3-69][0-9]{{3}}(?:([ \-]?)[0-9]{{4}})(?:\2[0-9]{{4}}){{2}}"
    rf"(?:\2[0-9]{{1,3}})?){_AFTER})"
)
# Issuers met in China: UnionPay, ICBC's old cards; Visa and Mastercard have 16.
CARD_ISSUER = re.compile(
    r"6[02][0-9]{14,17}|955[89][0-9]{12,15}|(?:4|5[1-5])[0-9]{14,15}"
)
NAMED_ACCOUNT = re.compile(
    r"(?:[账帐](?:号|户)|卡号|开户行?)[^0-9\n]{0,20}([0-9](?:[ \-]?[0-9]){8,24})"
    + _AFTER
)
PASSPORT = re.compile(rf"{_BEFORE}(E[0-9]{{8}}|E[A-HJ-NP-Z][0-9]{{7}}){_AFTER}")
NAMED_PASSPORT = re.compile(
    r"(?i:护照|passport|通行证|台胞证|居留证)[^0-9A-Za-z\n]{0,8}(?:No\.?\s?)?"
    rf"([A-Za-z]{{1,2}}[0-9]{{7,9}}){_AFTER}"
)
ADDRESS = re.compile(
    r"[0-9一二三四五六七八九十A-Za-z]{1,4}\s?(?:栋|幢|号楼|座)[^，。；\n]{0,4}?"
    r"[0-9一二三四五六七八九十]{1,3}\s?单元[^，。；\n]{0,4}?[0-9]{3,4}\s?[室房号]?"
)
NAMED_ADDRESS = re.compile(
    r"(?:(?:家庭地址|家庭住址|住址|居住地址?|户籍地址?|户籍所在地)[:为是在 ]{1,3}|家住)"
    r"([^，。；\n]{2,40}?[0-9一二三四五六七八九十]{1,5}\s?[号室栋幢组队屯])"
)
LANDLINE = re.compile(
    r"(?<![0-9A-Za-z.])(?:[(（]0[1-9][0-9]{1,2}[)）][ \-]?|0[1-9][0-9]{1,2}[ \-])"
    r"[2-8][0-9]{6,7}(?![0-9A-Za-z])"
)
EMAIL = re.compile(
    r"(?<![0-9A-Za-z._%+-])[0-9A-Za-z._%+-]{1,64}@(?:[0-9A-Za-z-]{1,63}\.){1,4}[A-Za-z]{2,24}"
)
# A number that its sentence calls something else is not taken for a card.
OTHER_NUMBER = re.compile(
    r"(?:编号|登记号|登记编号|备案号|文号|代码|专利号|申请号|公开号|订单号|合同号|流水号"
    r"|货号|型号|图号|批号|标准号|ISBN|ISSN|DOI|SKU)[^0-9\n]{0,6}\Z",
    re.IGNORECASE,
)
PROVINCE = re.compile(r"1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[12]")
