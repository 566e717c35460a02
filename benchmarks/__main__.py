"""Measures, and prints the ratios that the project promises: `python -m benchmarks [NAME]...`."""

if __name__ == "__main__":  # a worker's process imports this module too, and needs nothing of it
    from benchmarks.running import main

    main()
