"""The parts of `Benchmarks/engine`, one a file."""
