"""Looking after a project: checking it, backing it up and putting it back."""
