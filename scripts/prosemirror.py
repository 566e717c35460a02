"""Makes the desk's editor anew: ProseMirror and what it needs as one file, with their licences.

It takes the versions of scripts/prosemirror/package-lock.json from npm's registry and bundles what
scripts/prosemirror/bundle.js names. With --lock, it first takes those of package.json.
"""

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent / "prosemirror"
VENDOR = Path(__file__).parents[1] / "src/careerprint/desk/page/vendor"
BUNDLE = VENDOR / "prosemirror.js"
LICENCES = VENDOR / "prosemirror-licences.txt"


def main() -> None:
    """Write the bundle and the licences of all that is in it."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for file in HERE.iterdir():
            shutil.copy(file, folder)
        quiet = ("--ignore-scripts", "--no-audit", "--no-fund", "--omit=optional")
        npm = shutil.which("npm") or "npm"
        if "--lock" in sys.argv:
            quiet_lock = ("--package-lock-only", "--ignore-scripts", "--no-audit", "--no-fund")
            subprocess.run([npm, "install", *quiet_lock], cwd=folder, check=True)
            lock = json.loads((folder / "package-lock.json").read_text("utf-8"))
            for package in lock["packages"].values():
                package.pop("resolved", None)  # the address of a registry is its user's
            text = json.dumps(lock, indent=2) + "\n"
            (HERE / "package-lock.json").write_text(text, "utf-8")
            shutil.copy(HERE / "package-lock.json", folder)
        subprocess.run([npm, "ci", *quiet[:-1]], cwd=folder, check=True)
        VENDOR.mkdir(exist_ok=True)
        options = [
            "--bundle",
            "--format=esm",
            "--minify",
            "--charset=utf8",
            "--legal-comments=none",
        ]
        esbuild = folder / "node_modules/.bin/esbuild"
        meta = folder / "meta.json"
        subprocess.run(
            [esbuild, "bundle.js", *options, f"--metafile={meta}", f"--outfile={BUNDLE}"],
            cwd=folder,
            check=True,
        )
        inputs = json.loads(meta.read_text("utf-8"))["inputs"]
        names = sorted({name.split("/")[1] for name in inputs if name.startswith("node_modules/")})
        LICENCES.write_text("".join(_licence(folder, name) for name in names), "utf-8")
        print(f"{BUNDLE}: {', '.join(names)}")


def _licence(folder: Path, name: str) -> str:
    package = folder / "node_modules" / name
    version = json.loads((package / "package.json").read_text("utf-8"))["version"]
    text = (package / "LICENSE").read_text("utf-8").strip()
    return f"{name} {version}\n\n{text}\n\n{'-' * 80}\n\n"


if __name__ == "__main__":
    main()
