"""How words are spelt, files named, errors said: what stands under everything."""
