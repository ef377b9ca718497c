"""The worksheet functions: a name, a docstring, a call into `markets`."""
