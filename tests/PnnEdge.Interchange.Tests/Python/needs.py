"""Modules that a script cannot do without: says which is missing and exits with 77, which skips the test by that name."""
import importlib
import sys


def module(name, package):
    try:
        return importlib.import_module(name)
    except ImportError:
        print(package)
        sys.exit(77)
