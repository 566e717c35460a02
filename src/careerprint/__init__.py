"""careerprint merges German career-profile texts with localized layouts and prints PDF documents.

docs/api.md tells how to use it from Python, docs/ARCHITECTURE.md where each phase lives.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from careerprint.api import Workspace
    from careerprint.building.events import Begun, Done, Ended, Waiting
    from careerprint.core.diagnostics import CareerprintError, Diagnostic, NotWritten, Refused
    from careerprint.core.edition import Edition, Outcome, State
    from careerprint.results import BatchResult, BuildResult, CheckResult

__all__ = [
    "BatchResult",
    "Begun",
    "BuildResult",
    "CareerprintError",
    "CheckResult",
    "Diagnostic",
    "Done",
    "Edition",
    "Ended",
    "NotWritten",
    "Outcome",
    "Refused",
    "State",
    "Waiting",
    "Workspace",
]
__version__ = "0.2.0.dev0"

_MODULES = ("core.diagnostics", "core.edition", "building.events", "results", "api")


def __getattr__(name: str) -> object:
    """Load the public names when they are asked for, so that importing this costs nothing."""
    if name in __all__:
        for module in _MODULES:
            found = getattr(import_module(f"careerprint.{module}"), name, None)
            if found is not None:
                return found
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
