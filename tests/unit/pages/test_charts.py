from cms.pages.site.charts import bar_chart


def test_bar_chart_orders_by_count_then_label_and_scales_to_the_largest():
    chart = bar_chart("x", "按状态", "项", [("乙", 5), ("甲", 10), ("丙", 5)])

    assert [(bar.label, bar.count, bar.width, bar.share) for bar in chart.bars] == [
        ("甲", 10, 320, "50.0%"),
        ("丙", 5, 160, "25.0%"),
        ("乙", 5, 160, "25.0%"),
    ]
    assert (chart.total, chart.height) == (20, 120)


def test_bar_chart_without_rows_is_empty():
    chart = bar_chart("x", "按状态", "项", [])

    assert (chart.bars, chart.total, chart.height) == ((), 0, 40)
