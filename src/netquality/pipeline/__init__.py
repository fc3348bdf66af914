"""The one place that calls the steps in order; notebooks, report and CLI share it."""
