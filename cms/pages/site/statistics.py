"""Statistics (统计, FP-12): counts by state, field and unit, each with its table."""

from io import BytesIO

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from openpyxl import Workbook

from cms.core import clock
from cms.core.list_parameters import ListParameters, refused_value
from cms.pages.site.charts import Chart
from cms.pages.site.figures import FIGURES

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

LIST = ListParameters("统计", "/statistics/", {"format": "文件格式（xlsx：下载表格）"})


@LIST.checks
def statistics(request: HttpRequest) -> HttpResponse:
    """Show every chart, or give their tables as one workbook."""
    wanted = request.GET.get("format", "")
    if wanted not in ("", "xlsx"):
        raise refused_value("format", wanted)
    charts = [figure.chart() for figure in FIGURES]
    if wanted == "xlsx":
        return _workbook(charts)
    context = {"charts": charts, "now": clock.now(), "trail": [("统计", "")]}
    return render(request, "site/statistics.html", context)


def _workbook(charts: list[Chart]) -> HttpResponse:
    book = Workbook(write_only=True)
    for chart in charts:
        sheet = book.create_sheet(chart.title[:31])
        sheet.append(["类别", f"数量（{chart.unit}）", "占比"])
        for bar in chart.bars:
            sheet.append([bar.label, bar.count, bar.share])
        sheet.append(["合计", chart.total, ""])
    buffer = BytesIO()
    book.save(buffer)
    response = HttpResponse(buffer.getvalue(), content_type=XLSX)
    response["Content-Disposition"] = 'attachment; filename="statistics.xlsx"'
    return response
