"""Where things stand on the Overview sheet: the rows of the page, and of the figures below it."""

WIDTHS = (42.14, 1.71, 12.57, 2.14, 26, 1.57, 28.86, 2.14, 9.71, 1.71, 42.14)
"""The columns that the tiles (A, C:E, G:I, K) and the panels (A:C, E:G, I:K) have in common."""

TILES = ("A", "C", "G", "K")
TILE_ROW, PANEL_ROW, BODY_ROW = 4, 9, 10
BODY_ROWS, BODY_HEIGHT = 24, 12.75
SOURCE_ROW = BODY_ROW + BODY_ROWS
FIGURES_ROW = SOURCE_ROW + 3
"""The first row of the figures behind the page. It stays, because users point at named cells there."""
PATH_ROW = FIGURES_ROW + 11
