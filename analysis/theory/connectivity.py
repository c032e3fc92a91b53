"""Connectivity: how well linked a network must be for faulty parties among the relays to be borne.

References
----------
.. [1] D. Dolev, "The Byzantine generals strike again", Journal of Algorithms 3 (1982) 14-30,
       doi:10.1016/0196-6774(82)90004-9.
.. [2] K. Menger, "Zur allgemeinen Kurventheorie", Fundamenta Mathematicae 10 (1927) 96-115,
       doi:10.4064/fm-10-1-96-115.
"""

__all__ = ["least_connectivity"]


def least_connectivity(f: int, *, liars: bool = True) -> int:
    """Return the least vertex connectivity at which f faulty parties can neither part nor deceive the others.

    Parameters
    ----------
    f
        Number of faulty parties.
    liars
        Whether they may lie. Then 2f + 1 is necessary and sufficient [1]_: of so many disjoint routes a majority is
        free of them. Those that only fall silent must not cut the others off, for which f + 1 is [2]_.

    Examples
    --------
    >>> least_connectivity(1), least_connectivity(2), least_connectivity(2, liars=False)
    (3, 5, 3)
    """
    return 2 * f + 1 if liars else f + 1
