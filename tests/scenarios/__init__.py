"""What people live through, over the real protocol."""
