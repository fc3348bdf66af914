"""Address books: who somebody is, not whom one talks to."""
