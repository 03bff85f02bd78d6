"""A campaign that is watched: what is dropped among its returns is received, its plan follows."""
