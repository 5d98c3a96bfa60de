"""What proves each system and feature of docs/contributing/systems.md on the built site."""
