"""Evidence, numbered rules and the verdict."""
