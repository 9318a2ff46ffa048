"""What leaves the project: files for the provincie and the gemeente."""
