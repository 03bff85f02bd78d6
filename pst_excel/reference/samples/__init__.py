"""The samples: an invented commune of real size, three other institutions, and the whole chain."""
