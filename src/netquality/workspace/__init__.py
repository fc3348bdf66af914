"""Keep: one DuckDB file with the tables of all sources and the user's word."""
