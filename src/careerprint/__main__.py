"""The entry of the command `careerprint` and of `python -m careerprint`.

Every process of several that print imports this module, so it loads nothing by itself.
"""


def main() -> None:
    """Run the command line."""
    from careerprint.cli import main as run

    run()


if __name__ == "__main__":
    main()
