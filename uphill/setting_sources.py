"""Where settings are written down: uphill.toml and the environment, read but not yet checked."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Literal

import platformdirs

from uphill.errors import BadInput

PREFIX = "UPHILL_"
FILE_VARIABLE = PREFIX + "CONFIG"
FILE_NAME = "uphill.toml"
FOR_ALL = Path("/etc/uphill") / FILE_NAME
_NEAR = 0.75


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a value in force was written. ``where`` is the file's path, the variable's name, or empty."""

    kind: Literal["default", "file", "environment", "option"]
    where: str = ""

    def __str__(self) -> str:
        return self.where or self.kind

    def naming(self, setting: str) -> str:
        """The setting as it is called there: ``UPHILL_PORT``, ``port in /etc/uphill/uphill.toml``, ``--port``."""
        match self.kind:
            case "environment":
                return self.where
            case "file":
                return f"{setting} in {self.where}"
            case "option":
                return f"--{setting.replace('_', '-')}"
        return setting


DEFAULT = Origin("default")
OPTION = Origin("option")


def variable(setting: str) -> str:
    return PREFIX + setting.upper()


def candidate_files() -> tuple[Path, ...]:
    """Where uphill.toml is looked for without UPHILL_CONFIG, first things first."""
    return (Path(FILE_NAME), platformdirs.user_config_path("uphill") / FILE_NAME, FOR_ALL)


def settings_file(environ: Mapping[str, str]) -> Path | None:
    """The one file that is read, absolute; it need not exist where UPHILL_CONFIG names it."""
    if named := environ.get(FILE_VARIABLE):
        return Path(named).expanduser().absolute()
    return next((path.absolute() for path in candidate_files() if _is_there(path)), None)


def _is_there(path: Path) -> bool:
    """Whether there is such a file, or a folder that hides it: reading it then says so."""
    try:
        return path.is_file()
    except PermissionError:
        return True


def read_file(path: Path) -> dict[str, Any]:
    """The file's tables and values. Raises BadInput with a sentence where it can't be read or is no TOML."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise BadInput(
            f"The settings in {path} can't be read: {error.strerror}. "
            f"Correct the path (see {FILE_VARIABLE}) or the file's permissions."
        ) from error
    except UnicodeDecodeError as error:
        raise BadInput(f"The settings in {path} are not written in UTF-8; save the file as UTF-8.") from error
    except tomllib.TOMLDecodeError as error:
        raise BadInput(f"{path} is no TOML: {error}. Correct that line.") from error


def unknown_keys(keys: Iterable[str], known: Iterable[str], path: Path) -> list[str]:
    """A sentence for each key of the file that is no setting."""
    known = list(known)
    return [
        f"{key} in {path} is no setting; "
        + (f"did you mean {near[0]}?" if (near := _near(key, known)) else "see 'uphill config' for them.")
        for key in keys
        if key not in known
    ]


def misspelt_variables(environ: Mapping[str, str], known: Iterable[str]) -> list[str]:
    """A sentence for each variable that is nearly a setting's.

    Others may begin with UPHILL_ too (Kubernetes makes UPHILL_SERVICE_HOST of a service's name): these are not ours.
    """
    names = [*known, FILE_VARIABLE.removeprefix(PREFIX).lower()]
    ours = {variable(name) for name in names}
    return [
        f"{name} is no setting; did you mean {variable(near[0])}?"
        for name in environ
        if name.startswith(PREFIX)
        and name not in ours
        and (near := _near(name.removeprefix(PREFIX).lower(), names))
    ]


def _near(word: str, known: list[str]) -> list[str]:
    return get_close_matches(word.lower().replace("-", "_"), known, n=1, cutoff=_NEAR)
