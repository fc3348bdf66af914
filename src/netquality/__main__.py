"""``python -m netquality``."""

from netquality.cli.app import main

if __name__ == "__main__":
    main()
