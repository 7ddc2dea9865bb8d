"""Templates of the papers (文书模板): the author's desk and the second pair of eyes."""
