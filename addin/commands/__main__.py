"""The command line without its installed script: `python -m addin.commands`."""

from addin.commands import main

if __name__ == "__main__":
    main()
