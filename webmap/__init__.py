"""The map and its screens: people, sessions and pages, and no rule of its own."""
