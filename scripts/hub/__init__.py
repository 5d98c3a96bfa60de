"""The Knowledge Hub's own package: Markdown and catalogs in, a checked site in eight languages out."""
