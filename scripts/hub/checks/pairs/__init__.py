"""The checks of one translation: a pair of texts goes in, faults come out; `hub.checks.pair` asks them all."""
