"""The daily tips, and the words around them."""
