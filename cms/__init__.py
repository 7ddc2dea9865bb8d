"""成转 (Chengzhuan): the Wagtail and Django application of the reform."""
