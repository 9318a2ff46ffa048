"""The fictive example region."""
