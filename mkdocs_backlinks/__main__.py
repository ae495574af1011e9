"""`python -m mkdocs_backlinks` is the command `mkdocs-backlinks`."""

from mkdocs_backlinks.cli import main

if __name__ == "__main__":
    main()
