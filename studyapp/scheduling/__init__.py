"""Pure scheduling: when a card comes next, and in which order a day's cards come."""
