"""Where notes lie on a map: pure, the same for the same notes."""
