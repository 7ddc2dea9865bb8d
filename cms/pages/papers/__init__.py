"""Papers of a case (案件文书): overview, interview, assembly, versions."""
