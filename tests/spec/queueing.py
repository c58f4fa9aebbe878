"""What queueing theory says of the queue M/M/c, written apart from the simulation it judges."""

from math import factorial


def chance_of_waiting(servers: int, load: float) -> float:
    """Erlang's formula C: the chance that a case finds every server busy; `load` is arrivals times time per case."""
    all_busy = load**servers / factorial(servers) * servers / (servers - load)
    return all_busy / (sum(load**busy / factorial(busy) for busy in range(servers)) + all_busy)


def mean_waiting(servers: int, load: float) -> float:
    """Cases waiting, in the long run, on average."""
    return chance_of_waiting(servers, load) * load / (servers - load)


def mean_in_system(servers: int, load: float) -> float:
    """Cases waiting or worked on, in the long run, on average."""
    return mean_waiting(servers, load) + load
