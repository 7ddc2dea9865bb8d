"""Site pages (站点页面): home, policies, statistics, deadline calculator, verification."""
