"""Notice pages (公示公告): list, detail, feed, periods, a unit's own notices."""
