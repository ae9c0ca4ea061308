"""`python -m fairealliance COMMAND`: the same as the console script."""

from fairealliance.config.cli import main

if __name__ == "__main__":
    main()
