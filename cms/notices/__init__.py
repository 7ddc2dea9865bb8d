"""Public notices (公示) and announcements (公告): venues, periods, certificates."""
