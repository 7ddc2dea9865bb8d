"""Bench of the assembly: our engine beside docxtpl and docxtemplater."""
