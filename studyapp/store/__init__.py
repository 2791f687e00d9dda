"""The only room that knows SQLAlchemy and SQL; it takes and returns domain values."""
