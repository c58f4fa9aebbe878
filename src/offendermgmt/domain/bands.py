"""Numbers of days in bands."""


def band_names(ends: tuple[int, ...]) -> tuple[str, ...]:
    """Names of the bands that end at these days and of the one beyond, shortest first: `1-7`, `8-30`, `31+`."""
    starts = (1, *(end + 1 for end in ends))
    return (*(f"{first}-{last}" for first, last in zip(starts, ends, strict=False)), f"{starts[-1]}+")
