"""The register: locaties, biedingen and verdicts, every change an event."""
