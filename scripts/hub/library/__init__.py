"""The library: publications, collections, practices, calls, events and programmes, and what lists them."""
