"""Every benchmark in turn: `make bench`."""

from benchmarks import boards, engine, load, pages

if __name__ == "__main__":
    engine.main()
    load.main()
    pages.main()
    boards.main()
