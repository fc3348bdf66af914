"""The report: one HTML file that opens offline and loads nothing."""
