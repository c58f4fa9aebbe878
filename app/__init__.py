"""How people meet the product: the server, the frame round every page, and the parts pages are drawn with."""
