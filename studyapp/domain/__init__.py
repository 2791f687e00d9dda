"""The words of the app as frozen values: notes, cards, schedules, reviews, presets, study days."""
