"""``python -m netquality``."""

from netquality.cli import main

if __name__ == "__main__":
    main()
