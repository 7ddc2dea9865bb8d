"""200 texts with planted personal data and 200 innocent look-alikes, all made up."""

import random

from notation.check_digits import (
    CREDIT_CODE_ALPHABET,
    credit_code_check_digit,
    identity_check_digit,
    patent_check_digit,
)

_WIDE = str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")
_HAN = str.maketrans("0123456789", "〇一二三四五六七八九")
_source = random.Random(20261122)


def _digits(count: int) -> str:
    return "".join(_source.choices("0123456789", k=count))


def _born() -> str:
    return (
        f"{_source.randrange(1950, 2006)}"
        f"{_source.randrange(1, 13):02d}{_source.randrange(1, 29):02d}"
    )


def _identity() -> str:
    body = f"4502{_source.choice(['02', '03', '21'])}{_born()}{_digits(3)}"
    return body + identity_check_digit(body)


def _mobile() -> str:
    return f"1{_source.choice('3456789')}{_digits(9)}"


def _card(length: int) -> str:
    body = f"62{_digits(length - 3)}"
    total = sum(
        int(digit) if place % 2 else sum(divmod(2 * int(digit), 10))
        for place, digit in enumerate(reversed(body))
    )
    return f"{body}{-total % 10}"


def _by_four(number: str, gap: str) -> str:
    return gap.join(number[place : place + 4] for place in range(0, len(number), 4))


def _planted() -> list[str]:
    rows = []
    for _ in range(10):
        number = _identity()
        rows += [
            f"完成人身份证{number}。",
            f"联系人证件{number[:6]} {number[6:14]} {number[14:]}",
            f"（{number[:6]}-{number[6:14]}-{number[14:].lower()}）",
            f"证件号码：{number.translate(_WIDE)}",
            f"旧证号4502{_source.choice(['02', '03'])}{_born()[2:]}{_digits(3)}可查",
        ]
    for _ in range(10):
        number = _mobile()
        rows += [
            f"详情请电{number}，周经理",
            f"手机{number[:3]}-{number[3:7]}-{number[7:]}",
            f"联系 {number[:3]} {number[3:7]} {number[7:]} 面谈",
            f"电话：{number.translate(_WIDE)}",
            f"+86 {number[:3]}·{number[3:7]}·{number[7:]}",
            f"微信同号：{'-'.join(number)}",
            f"拨打{number.translate(_HAN)}洽谈",
            f"Tel:{number}",
        ]
    for _ in range(10):
        rows += [
            f"打款至{_card(19)}工行",
            f"收款卡{_by_four(_card(16), ' ')}",
            f"卡{_by_four(_card(19), '-')}有效",
            f"账号：{_digits(12)}，开户行示例银行",
            f"护照号码：{_source.choice('EG')}{_digits(8)}",
        ]
    for _ in range(10):
        rows += [
            f"持E{_digits(8)}出境",
            f"住{_source.randrange(1, 30)}栋{_source.randrange(1, 4)}单元{_source.randrange(1, 30)}02室",
        ]
    return rows


def _patent(length: int) -> str:
    year = _source.randrange(2004, 2026)
    kind = _source.choice("123")
    body = (
        f"{year}{kind}{_digits(7)}"
        if length == 12
        else f"{year % 100:02d}1{_digits(5)}"
    )
    return f"{body}.{patent_check_digit(body)}"


def _credit_code() -> str:
    tail = "".join(_source.choices(CREDIT_CODE_ALPHABET, k=8))
    body = f"914502{_source.choice(['02', '03'])}M{tail}"
    return body + credit_code_check_digit(body)


def _innocent() -> list[str]:
    rows = []
    for _ in range(10):
        long, short, code = _patent(12), _patent(8), _credit_code()
        rows += [
            f"专利号ZL{long}已授权",
            f"申请号{long}",
            f"专利ZL{long.replace('.', '')}维持中",
            f"早期专利ZL{short}",
            f"公开号CN1{_digits(8)}A",
            f"统一社会信用代码{code}",
            f"合同额{_mobile()}.00元",
            f"产值¥{_mobile()}",
            f"年销售额{_mobile()}元以上",
            f"公示期2026-09-{_source.randrange(10, 30)} 至 2026-10-{_source.randrange(10, 30)}",
            f"登记号2026SR{_digits(7)}",
            f"技术合同登记编号2026{_digits(12)}",
            f"登记号：4502{_source.randrange(10, 99)}90{_source.randrange(13, 99)}{_digits(5)}",
            f"编号LZ1{_source.choice('3456789')}{_digits(9)}",
            f"GB/T {_source.randrange(10000, 50000)}-2017、HG/T {_source.randrange(1000, 9000)}",
            f"ISBN 978-7-{_digits(4)}-{_digits(4)}-{_digits(1)}",
            f"试样1{_digits(3)}-{_digits(2)}-{_digits(1)}强度{_source.randrange(100, 999)}MPa",
            f"成果CG-2026-{_digits(4)}，第{_source.randrange(1, 99)}批",
            f"座机0772-{_source.randrange(2, 8)}{_digits(6)}（工作日）",
            f"{_source.randrange(2, 9)}号楼{_source.randrange(100, 900)}会议室",
        ]
    return rows


PLANTED = _planted()
INNOCENT = _innocent()
