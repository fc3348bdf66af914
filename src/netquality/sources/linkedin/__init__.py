"""LinkedIn data archives of every era since 2018, read as LinkedIn really writes them."""
