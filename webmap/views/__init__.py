"""The screens, one blueprint per screen."""
