"""What a user can do: one public method, one action, one transaction."""
