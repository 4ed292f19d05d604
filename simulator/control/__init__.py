"""The control API: playing people, and steering the simulation. All of it lives under ``/sim``."""

from simulator.control.routes import control_routes

__all__ = ["control_routes"]
