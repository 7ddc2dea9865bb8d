"""Technology fields (技术领域): the eleven fields of technology contracts."""

from cms.rules.vocabularies.vocabulary import Vocabulary, flat_terms

TECHNOLOGY_FIELDS = Vocabulary(
    "technology_fields",
    "技术领域",
    flat_terms(
        (
            ("01", "电子信息"),
            ("02", "航空航天"),
            ("03", "先进制造"),
            ("04", "生物、医药和医疗器械"),
            ("05", "新材料及其应用"),
            ("06", "新能源与高效节能"),
            ("07", "环境保护与资源综合利用"),
            ("08", "核应用"),
            ("09", "农业"),
            ("10", "现代交通"),
            ("11", "城市建设与社会发展"),
        )
    ),
)
