"""How offers in turn divide a pie of one: the first proposer's share in equilibrium, and what is left to the others.

Somebody proposes a division; if all accept it, it is done, else the pie shrinks and somebody else proposes. A round
costs a party all but the factor d of what it would get. With perfect information the first proposal offers each of
the others just what refusing would bring, and is accepted: agreement is immediate, and waiting only a threat.

References
----------
.. [1] A. Rubinstein, "Perfect equilibrium in a bargaining model", Econometrica 50 (1982) 97-109, doi:10.2307/1912531.
.. [2] I. Stahl, "Bargaining Theory", Stockholm School of Economics 1972.
.. [3] V. Krishna, R. Serrano, "Multilateral bargaining", Review of Economic Studies 63 (1996) 61-80,
       doi:10.2307/2298115.
"""

from ...agents.errors import InputError

__all__ = ["rubinstein", "stahl", "unanimity"]


def rubinstein(own: float, other: float) -> float:
    """Return what two who take turns without end leave to the first proposer: (1 - d2) / (1 - d1 d2) [1]_.

    Parameters
    ----------
    own, other
        Discount factors a round, d1 of the first proposer and d2 of the other party, in (0, 1] and not both 1.

    Returns
    -------
    float
        The first proposer's share; the other one gets the rest.

    Raises
    ------
    InputError
        If a discount factor is outside (0, 1], or both are 1: where waiting costs nobody anything, every division is
        an equilibrium.

    Examples
    --------
    >>> rubinstein(0.5, 0.5)
    0.6666666666666666
    >>> round(rubinstein(0.9, 0.8), 7), round(rubinstein(0.8, 0.9), 7)
    (0.7142857, 0.3571429)
    """
    _check(own=own, other=other)
    if own == other == 1:
        raise InputError("own=1, other=1: who loses nothing by waiting accepts nothing; make one of them < 1")
    return (1 - other) / ((1 - own) + own * (1 - other))  # 1 - d1 d2, written so that it does not cancel


def stahl(rounds: int, own: float, other: float) -> float:
    """Return what two who take turns for some rounds leave to the first proposer [2]_.

    After the last round there is nothing, so that whoever proposes in it takes all. Going back from there, a
    proposer keeps 1 - d v, where v is what the other one would keep of the next round. In closed form that is
    R (1 - (d1 d2)^m) after 2m rounds and R (1 - (d1 d2)^m) + (d1 d2)^m after 2m + 1, where R is Rubinstein's share,
    the limit.

    Parameters
    ----------
    rounds
        Number of proposals that can be made.
    own, other
        Discount factors a round, of the first proposer and of the other party, in (0, 1].

    Returns
    -------
    float
        The first proposer's share; the other one gets the rest.

    Raises
    ------
    InputError
        If there is no round, or a discount factor is outside (0, 1].

    Examples
    --------
    >>> [round(stahl(rounds, 0.9, 0.9), 6) for rounds in (1, 2, 3, 4, 10, 100)]
    [1.0, 0.1, 0.91, 0.181, 0.342801, 0.526302]
    """
    if rounds < 1:
        raise InputError(f"rounds={rounds}: somebody must be able to propose; use rounds >= 1")
    _check(own=own, other=other)
    pairs, last = divmod(rounds, 2)
    if own == other == 1:
        return float(last)
    late = (own * other) ** pairs
    return rubinstein(own, other) * (1 - late) + last * late


def unanimity(n: int, discount: float) -> float:
    """Return what n parties who must all accept leave to the proposer: 1 / (1 + (n - 1) d) [3]_.

    Where those who accept may leave with their shares, so that only those who refuse bargain on, the equilibrium is
    unique, and each of the others gets d times the proposer's share. The same shares are the stationary equilibrium
    of the game in which whoever refuses proposes next. For two parties it is Rubinstein's.

    Parameters
    ----------
    n
        Number of parties.
    discount
        The discount factor d a round, of everybody, in (0, 1].

    Returns
    -------
    float
        The proposer's share; the others divide the rest evenly.

    Raises
    ------
    InputError
        If there is no party, or the discount factor is outside (0, 1].

    Examples
    --------
    >>> round(unanimity(3, 0.9), 7)
    0.3571429
    """
    if n < 1:
        raise InputError(f"n={n}: there must be a party; use n >= 1")
    _check(discount=discount)
    return 1 / (1 + (n - 1) * discount)


def _check(**discounts: float) -> None:
    for name, discount in discounts.items():
        if not 0 < discount <= 1:
            raise InputError(
                f"{name}={discount:g}: a discount factor is in (0, 1]; give 1 where waiting costs nothing"
            )
