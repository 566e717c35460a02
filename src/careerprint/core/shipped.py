"""Where the workspace lies that comes with careerprint: its example, layouts and fonts."""

from pathlib import Path


def starter_folder() -> Path:
    """Return the folder of the workspace that comes with careerprint.

    An installed package carries it inside; in a checkout it is the repository itself.
    """
    package = Path(__file__).parents[1]
    installed = package / "starter"
    return installed if installed.is_dir() else package.parents[1]
