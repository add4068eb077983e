"""Parts of the article view: the text with its marks, gutter, cards, ruler, head and find bar."""
