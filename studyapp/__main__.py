"""`python -m studyapp`."""
