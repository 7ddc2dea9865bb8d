"""Notes of the editor (编者注) where the source jumps, breaks or misspells.

The text itself is never corrected (AMB-27); the note says what a reader may
stumble over. Keys are (document, anchor).
"""

EDITOR_NOTES = {
    ("plan", "art-1-3-2"): (
        "“先免费试用再有偿转化”即附件4第十三条的“先用后转”；附件6规定的是延期支付的"
        "“先使用后付费”。本平台对二者分设标签和流程。"
    ),
    ("guideline-3", "art-7-after"): (
        "本条有两组（一）起的条目，引用第二组时写作“附件3七后”。"
    ),
    ("guideline-4", "art-7"): "原文本条（二）至（五）均属挂牌交易的流程。",
    ("guideline-6", "art-6-1"): (
        "来源文本未附该申请表；本平台的申请表留有版本号，正式表式发布后可替换。"
    ),
    ("guideline-6", "art-10"): "原文第八条之后为第十条，无第九条，照录。",
    ("guideline-7", "art-4-4"): "原文序号作“（4）”，即本条第（四）项。",
    ("guideline-7", "art-6-1"): "原文作“报点单位”，照录。",
    ("guideline-7", "art-7"): "原文作“人务资源”，照录。",
}
