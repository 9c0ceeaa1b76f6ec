"""What commands are for, as their sources say it: to import all of them for a list takes seconds."""

import ast
from importlib.util import find_spec
from pathlib import Path


def summary(module: str, function: str) -> str | None:
    """The docstring of a module's function, read without importing it; None where that can't be."""
    package, *names = module.split(".")
    found = find_spec(package)
    for folder in (found.submodule_search_locations or ()) if found else ():
        file = Path(folder, *names).with_suffix(".py")
        if file.is_file():
            tree = ast.parse(file.read_bytes())
            functions = (node for node in tree.body if isinstance(node, ast.FunctionDef))
            return next((ast.get_docstring(node) for node in functions if node.name == function), None)
    return None
