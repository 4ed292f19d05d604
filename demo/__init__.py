"""The demo association and its evening, played by simulated people over the simulator's HTTP API only."""
