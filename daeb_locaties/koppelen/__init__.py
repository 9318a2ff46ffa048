"""Linking a locatie to its gemeente and its bod."""
