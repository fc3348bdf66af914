"""How good the scores are: the simplest rules beside them, and the measures of a ranking."""
