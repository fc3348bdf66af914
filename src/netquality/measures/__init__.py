"""Pure functions of a network: numbers with definitions."""
