"""Signals on trends (X1 to X5)."""

from tests.spec.reading import Example, Rule, Section

LIMITS = Rule(
    "X1",
    "Mean and limits",
    "The centre is the mean. The limits lie 2.66 times the mean moving range from it; a moving range is the distance "
    "of two neighbours. With screening on, moving ranges of 3.267 times their mean or more are left out once and their "
    "mean is taken again. The near limits lie at two thirds of the way. A gap has no moving range.",
    (
        Example(
            "Twelve ranges",
            "Thirteen months: the ranges add up to 22, their mean is 1.83, and 2.66 times that is 4.88.",
            """
            series | values
                   | 10 12 11 13 10 12 11 13 10 12 11 13 12
            """,
            (
                (
                    "limits",
                    """
                    first | mean  | lower | upper
                    0     | 11.54 | 6.66  | 16.42
                    """,
                ),
            ),
        ),
        Example(
            "One month out of line",
            "The two ranges to and from 40 are left out, so that the one month does not hide itself.",
            """
            series | values
                   | 10 12 11 13 10 12 11 40 10 12 11 13 12
            """,
            (
                (
                    "limits",
                    """
                    first | mean  | lower | upper
                    0     | 13.62 | 9.09  | 18.14
                    """,
                ),
            ),
        ),
        Example(
            "The same without screening",
            "With the two long ranges the limits lie nearly four times as far apart.",
            """
            series | values                                 | screen
                   | 10 12 11 13 10 12 11 40 10 12 11 13 12 | false
            """,
            (
                (
                    "limits",
                    """
                    first | mean  | lower | upper
                    0     | 13.62 | -3.23 | 30.46
                    """,
                ),
            ),
        ),
    ),
)
SIGNALS = Rule(
    "X2",
    "Signals",
    "The first that applies: outside the limits; part of 7 points that rise, or fall, each from the one before; near a "
    "limit, with another of 3 points near it and all 3 on that side of the mean; one of 7 points on one side of the "
    "mean. Of two of three only the near points are marked, of a trend and of a run every point. A point on the mean "
    "or a gap breaks a run, and a point on a limit is not outside it.",
    (
        Example(
            "A rise of seven",
            "Seven months each above the one before, within the limits of the baseline.",
            """
            series | values                                                      | baseline
                   | 10 12 11 13 10 12 11 13 10 12 11 13 12 9 10 11 12 13 14 15 | 13
            """,
            (
                (
                    "signals",
                    """
                    position | value | signal
                    13       | 9     | rising
                    14       | 10    | rising
                    15       | 11    | rising
                    16       | 12    | rising
                    17       | 13    | rising
                    18       | 14    | rising
                    19       | 15    | rising
                    """,
                ),
            ),
        ),
        Example(
            "Two of three near the limit",
            "The near limit is 14.79: of 15, 12 and 16, all above the mean, the two near ones are marked.",
            """
            series | values                                          | baseline
                   | 10 12 11 13 10 12 11 13 10 12 11 13 12 15 12 16 | 13
            """,
            (
                (
                    "signals",
                    """
                    position | value | signal
                    13       | 15    | near_high
                    15       | 16    | near_high
                    """,
                ),
            ),
        ),
        Example(
            "Seven on one side",
            "Seven months above the mean of 10, none of them far; six on the other side are no run.",
            """
            series | values
                   | 9 8 9 8 9 8 11 12 11 12 11 12 11 9
            """,
            (
                (
                    "signals",
                    """
                    position | value | signal
                    6        | 11    | run_high
                    7        | 12    | run_high
                    8        | 11    | run_high
                    9        | 12    | run_high
                    10       | 11    | run_high
                    11       | 12    | run_high
                    12       | 11    | run_high
                    """,
                ),
            ),
        ),
        Example(
            "A point on the mean",
            "Of the last eight months one lies on the mean of 10: three and four are no run; the seven before are.",
            """
            series | values
                   | 9 8 9 8 9 8 9 11 12 11 10 12 11 12 11
            """,
            (
                (
                    "signals",
                    """
                    position | value | signal
                    0        | 9     | run_low
                    1        | 8     | run_low
                    2        | 9     | run_low
                    3        | 8     | run_low
                    4        | 9     | run_low
                    5        | 8     | run_low
                    6        | 9     | run_low
                    """,
                ),
            ),
        ),
    ),
)
SEGMENTS = Rule(
    "X3",
    "Baseline and rebase",
    "A baseline takes mean and limits from the first n points of each segment. A rebase starts a new segment with its "
    "own mean and moving ranges; it is a person's decision, with a date and a reason.",
    (
        Example(
            "What comes after a baseline moves nothing",
            "Mean and limits are those of the first thirteen months.",
            """
            series | values                                       | baseline
                   | 10 12 11 13 10 12 11 13 10 12 11 13 12 30 31 | 13
            """,
            (
                (
                    "limits",
                    """
                    first | mean  | lower | upper
                    0     | 11.54 | 6.66  | 16.42
                    """,
                ),
                (
                    "signals",
                    """
                    position | value | signal
                    13       | 30    | above_limit
                    14       | 31    | above_limit
                    """,
                ),
            ),
        ),
        Example(
            "A second team",
            "From the fourteenth month on there are two teams. The step to it is no moving range of either segment.",
            """
            series | values                                         | rebase
                   | 10 12 11 13 10 12 11 13 10 12 11 13 12 3 4 3 5 | 13
            """,
            (
                (
                    "limits",
                    """
                    first | mean  | lower | upper | limits
                    0     | 11.54 | 6.66  | 16.42 | full
                    13    | 3.75  | 0.20  | 7.30  | trial
                    """,
                ),
            ),
        ),
    ),
)
READING = Rule(
    "X4",
    "Variation and assurance",
    "Variation is the last point's type: good or bad by the measure's own direction, high or low where it has none. "
    "Assurance compares the target with the limits of the last segment: beyond them the target is met, or missed, "
    "consistently; between them it is hit or miss. Of a measure without direction nothing is said.",
    (
        Example(
            "Fewer is better",
            "30 is above the limits, and a target of at most 20 lies beyond them.",
            """
            series | values                                    | baseline | improvement | target
                   | 10 12 11 13 10 12 11 13 10 12 11 13 12 30 | 13       | decrease    | 20
            """,
            (
                (
                    "reading",
                    """
                    variation | assurance
                    concern   | pass
                    """,
                ),
            ),
        ),
        Example(
            "More is better",
            "Of the same months, were more better, the newest would be an improvement, and at least 20 out of reach.",
            """
            series | values                                    | baseline | improvement | target
                   | 10 12 11 13 10 12 11 13 10 12 11 13 12 30 | 13       | increase    | 20
            """,
            (
                (
                    "reading",
                    """
                    variation   | assurance
                    improvement | fail
                    """,
                ),
            ),
        ),
        Example(
            "A target within the limits",
            "At most 12 is met in some months and missed in others.",
            """
            series | values                                 | improvement | target
                   | 10 12 11 13 10 12 11 13 10 12 11 13 12 | decrease    | 12
            """,
            (
                (
                    "reading",
                    """
                    variation | assurance
                    common    | hit_or_miss
                    """,
                ),
            ),
        ),
        Example(
            "Neither is better",
            "Of a neutral measure the newest is high, and a target is not held against it.",
            """
            series | values                                    | baseline | improvement | target
                   | 10 12 11 13 10 12 11 13 10 12 11 13 12 30 | 13       | neutral     | 20
            """,
            (
                (
                    "reading",
                    """
                    variation | assurance
                    high      |
                    """,
                ),
            ),
        ),
    ),
)
FEW = Rule(
    "X5",
    "Few points, no variation, rare events",
    "Limits that rest on fewer than 13 points are trial limits, and said to be. Without any variation, or where more "
    "than half of the values are 0, there are no limits, and it is said why. Without limits only a trend is a signal.",
    (
        Example(
            "Nine months",
            "Limits there are, on trial.",
            """
            series | values
                   | 10 12 11 13 10 12 11 13 10
            """,
            (
                (
                    "limits",
                    """
                    first | mean  | lower | upper | limits
                    0     | 11.33 | 6.01  | 16.65 | trial
                    """,
                ),
            ),
        ),
        Example(
            "Always the same",
            "Nothing varies, so nothing says what is usual: the target is not held against it either.",
            """
            series | values  | improvement | target
                   | 7 7 7 7 | decrease    | 9
            """,
            (
                (
                    "limits",
                    """
                    first | mean | lower | upper | limits
                    0     | 7.00 |       |       | no_variation
                    """,
                ),
                (
                    "reading",
                    """
                    variation | assurance
                    common    |
                    """,
                ),
            ),
        ),
        Example(
            "Rare events",
            "Ten of fourteen months had none. The run of them below the mean is no signal.",
            """
            series | values
                   | 0 0 0 0 0 0 0 2 0 1 0 0 1 1
            """,
            (
                (
                    "limits",
                    """
                    first | mean | lower | upper | limits
                    0     | 0.36 |       |       | mostly_zero
                    """,
                ),
                (
                    "signals",
                    """
                    position | value | signal
                    """,
                ),
            ),
        ),
        Example(
            "No two neighbours",
            "Without two months in a row there is no moving range.",
            """
            series | values
                   | 5 - 6
            """,
            (
                (
                    "limits",
                    """
                    first | mean | lower | upper | limits
                    0     | 5.50 |       |       | too_few
                    """,
                ),
            ),
        ),
    ),
)
SECTION = Section("Signals on trends", (LIMITS, SIGNALS, SEGMENTS, READING, FEW))
