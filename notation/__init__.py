"""How Chinese papers write money, numbers, dates and identifiers.

Pure functions on the standard library alone: they know no law, refuse nothing in
words (a ValueError says that the input is none) and serve rules and papers alike.
"""
