"""What makes a card weak, and what to do about it."""
