"""The acts of the evening, in the order in which ``demo.evening`` plays them."""
