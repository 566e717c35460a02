"""The entry of the command `careerprint` and of `python -m careerprint`.

Every process of several that print imports this module, so it loads nothing by itself.
"""


def main() -> None:
    """Run the command line."""
    try:
        from careerprint.commands.interrupts import interrupt_after_imports

        interrupt_after_imports()
        from careerprint.cli import main as run

        run()
    except KeyboardInterrupt:  # before or after a command, which would say more
        raise SystemExit(1) from None


if __name__ == "__main__":
    main()
