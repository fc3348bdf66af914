"""One row a dyad; every score a sum of named parts."""
