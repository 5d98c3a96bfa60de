"""Forms: what people fill in, in a text editor or a word processor, and the pages made from it."""
