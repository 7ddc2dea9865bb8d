"""Register of the assembly's messages: code → Chinese text.

E-AS-01…03 are the requirements' own. Numbers by subject: 04–19 rendering and files
given with the data, 20–39 the safety of templates and uploads and the author's desk,
40–59 variables and manifests, 60–69 drafting, 70–79 PDF and packets,
80–89 comparison and filing. Each area adds its own lines under its own heading.
"""

MESSAGES: dict[str, str] = {
    "E-AS-01": "必填变量未填写：{vars}。",
    "E-AS-02": "文书间不一致：{field}（{docA}={a}，{docB}={b}）。",
    "E-AS-03": "金额应为不超过两位小数的非负数：{value}。",
    # Rendering and files given with the data.
    "E-AS-04": "找不到模板：{name}。",
    "E-AS-05": "模板标签写错了：{reason}。",
    "E-AS-06": "模板中没有变量“{name}”对应的数据，标签是 {tag}。",
    "E-AS-07": "这一处的内容无法计算：{tag}（{reason}）。",
    "E-AS-08": "“{value}”含有不能写入文书的字符（{character}）。",
    "E-AS-09": "不能把{kind}填入文书，只接受文字、数字、日期、是否和它们的列表、表格。",
    "E-AS-10": "标签 {tag} 不能放在这里：{reason}。",
    "E-AS-11": "条款“{name}”在文书中出现了两次，编号无法确定。",
    "E-AS-12": "引用的条款“{name}”没有出现在本文书中。",
    "E-AS-13": "没有提供图片“{name}”。",
    "E-AS-14": "图片“{name}”不能使用：{reason}。",
    "E-AS-15": "没有提供附件文书“{name}”。",
    "E-AS-16": "附件文书“{name}”不能使用：{reason}。",
    "E-AS-17": "组装出的文书结构不完整，已停止：{reason}。",
    "E-AS-18": "这份文件没有组装回执，不能核对。",
    "E-AS-19": "输入文件读不出来：{name}（{reason}）。",
    # The safety of expressions and uploads.
    "E-AS-20": "标签 {tag} 不能使用：{reason}。",
    "E-AS-21": "条件“{condition}”无法判断：数据不全或类型不符。",
    "E-AS-22": "这不是 Word 文档（.docx）：{reason}。",
    "E-AS-23": "文件已损坏：{reason}。",
    "E-AS-24": "{what}超过上限（{limit}）。",
    "E-AS-25": "“{name}”的压缩比过高（超过 {limit} 倍），疑似压缩炸弹。",
    "E-AS-26": "压缩包内的名称不合规：“{name}”。",
    "E-AS-27": "压缩包内有重复的部件：“{name}”。",
    "E-AS-28": "文件已加密，请取消密码后重新上传。",
    "E-AS-29": "文件里夹带了不属于 Word 文档的内容：{reason}。",
    "E-AS-30": "“{name}”的 XML 不合规：{reason}。",
    "E-AS-31": "“{name}”链接到外部：{target}。请在 Word 中取消链接后再上传。",
    "E-AS-32": "“{name}”含有不允许的内容：{what}。",
    "E-AS-33": "不允许使用域“{field_code}”。只能用页码、目录、编号和交叉引用的域。",
    "E-AS-34": "内容控件绑定了别处的数据，显示的文字会与文书不同；请删除该控件。",
    "E-AS-35": "图片“{name}”不能使用：{reason}。",
    "E-AS-36": "标签不配对或没有写完（第{line}行）。",
    "W-AS-01": "这份模板每次填写后要重新检查一遍，比较慢：{reason}。",
    # Drafting.
    "E-AS-60": "大纲第{line}行有误：{reason}。",
}
