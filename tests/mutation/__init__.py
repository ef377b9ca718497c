"""Mutants: faults made in the code one by one, each of which the tests should see. Run by `make mutants`."""
