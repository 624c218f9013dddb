"""One module for each golden file; each has `make()`, which returns what is written."""
