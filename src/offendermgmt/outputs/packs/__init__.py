"""A board's pack: slides, a workbook or a paper, each drawn from the one `BoardView`."""
