"""Files for other programs: CSV tables, GraphML and GEXF graphs, JSON readings."""
