"""Site pages (站点页面): home, policies, statistics, calculator, verification."""
