"""Markdown by lines: what is text for readers, what is not, and where each begins and ends."""
