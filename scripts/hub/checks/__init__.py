"""The checks: each returns problems and writes nothing; hub.cli.checks says which there are."""
