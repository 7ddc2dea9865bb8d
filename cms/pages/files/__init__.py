"""Download of private files (案卷附件下载): rights checked, each view logged."""
