"""Fictional archives and logs with a planted truth, in the layouts of several years."""
