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
    # Drafting.
    "E-AS-60": "大纲第{line}行有误：{reason}。",
}
