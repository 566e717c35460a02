"""The entry of the command `careerprint` and of `python -m careerprint`."""

from careerprint.cli import main

if __name__ == "__main__":
    main()
