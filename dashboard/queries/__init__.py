"""One function per question, by subject; the only place with SQL, and on `marts` alone.

Every function takes a DuckDB cursor and keyword parameters, and returns the rows as a frame.
"""
