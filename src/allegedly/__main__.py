"""Run the command line: ``python -m allegedly``."""

from allegedly.cli.main import run

if __name__ == "__main__":
    run()
