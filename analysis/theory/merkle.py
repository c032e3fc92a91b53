"""Merkle trees: how long proofs are, and how often a false one is accepted when hashes are cut to k bits.

A tree of n leaves (RFC 6962 [1]_) is a chain of complete subtrees, one for each 1 in the binary digits of n, the
greatest first. A leaf in the j-th, of height h, has a path of h + j hashes, and one less in the last: lengths fall from
ceil(log2 n) on the left to what the last subtree has.

A forger keeps the genuine path and changes the leaf. It is accepted where its hash meets the genuine one on any of the
levels on which hashes are cut, for from there on all is the same. Each compared hash agrees with probability 2^-k, so
that c of them leave 1 - (1 - 2^-k)^c: c = 1 if only the root is cut, c = d + 1 if every hash on a path of d is, about
(d + 1) 2^-k. That holds over the draw of the hash function: salt it anew in each trial, since on one tree the same few
collisions are met again and again. It takes the levels to be independent, which they are while pairs of hashes do not
come again on the way up: with 2 bits fewer are accepted.

References
----------
.. [1] B. Laurie, A. Langley, E. Kasper, "Certificate Transparency", RFC 6962, 2013, doi:10.17487/RFC6962.
.. [2] P. C. van Oorschot, M. J. Wiener, "Parallel collision search with cryptanalytic applications", Journal of
       Cryptology 12 (1999) 1-28, doi:10.1007/PL00003816: collisions after about 2^(k/2) hashes.
"""

from math import expm1, log1p

from ...agents.errors import InputError

__all__ = [
    "collision",
    "consistency_length",
    "false_accept",
    "longest_path",
    "mean_path",
    "path_length",
    "shortest_path",
]


def path_length(index: int, size: int) -> int:
    """Return how many hashes prove that a leaf is in a tree; the tree's verifier makes one more.

    Raises
    ------
    InputError
        Unless 0 <= index < size.

    Examples
    --------
    >>> [path_length(index, 7) for index in range(7)]
    [3, 3, 3, 3, 3, 3, 2]
    """
    if not 0 <= index < size:
        raise InputError(f"index={index} must be from 0 to size - 1 = {size - 1}")
    # the complete subtree in which it lies is the greatest 1 of the size that the index lacks
    return _length((index ^ size).bit_length() - 1, size)


def longest_path(size: int) -> int:
    """Return the greatest length of a path: ceil(log2 n), and that of the first leaf.

    >>> longest_path(100), longest_path(1000)
    (7, 10)
    """
    return path_length(0, size)


def shortest_path(size: int) -> int:
    """Return the least length of a path, that of the last leaf.

    >>> shortest_path(100), shortest_path(1000)
    (4, 8)
    """
    return path_length(size - 1, size)


def mean_path(size: int) -> float:
    """Return the mean length of a path when all leaves are read equally often.

    Raises
    ------
    InputError
        If there is no leaf.

    Examples
    --------
    >>> mean_path(8), round(mean_path(100), 2)
    (3.0, 6.88)
    """
    if size < 1:
        raise InputError(f"size={size} must be at least 1: an empty tree has no paths")
    heights = range(size.bit_length())
    return sum(_length(height, size) << height for height in heights if size >> height & 1) / size


def consistency_length(old_size: int, size: int) -> int:
    """Return how many hashes prove that a tree begins with all leaves of an older one.

    It is the path of the older tree's last complete subtree, and that subtree's own hash unless it is the older tree.

    Raises
    ------
    InputError
        Unless 0 <= old_size <= size.

    Examples
    --------
    >>> [consistency_length(old_size, 8) for old_size in range(9)]
    [0, 3, 2, 4, 1, 4, 3, 4, 0]
    """
    if not 0 <= old_size <= size:
        raise InputError(f"old_size={old_size} must be from 0 to size={size}")
    if old_size in (0, size):
        return 0
    leaves = old_size & -old_size
    return path_length(old_size // leaves - 1, -(-size // leaves)) + (leaves < old_size)


def false_accept(bits: int, compared: int = 1) -> float:
    """Return the probability that a forged leaf with a genuine path is accepted: 1 - (1 - 2^-k)^c.

    Parameters
    ----------
    bits
        How many bits are kept of a hash that is cut.
    compared
        How many cut hashes are compared: 1 where only the root is cut, d + 1 where all are on a path of d hashes, and
        T times as many in T independent tries.

    Examples
    --------
    >>> round(false_accept(8), 5), round(false_accept(8, compared=7), 5), round(false_accept(4, compared=7), 4)
    (0.00391, 0.02703, 0.3635)
    """
    _check_bits(bits)
    if compared < 0:
        raise InputError(f"compared={compared} must be at least 0")
    return -expm1(compared * log1p(-(2.0**-bits)))


def collision(bits: int, hashes: int) -> float:
    """Return the probability that some two of T hashes of k bits are equal, up to terms in T^3 / 4^k.

    It is 1 - exp(-T (T - 1) / 2^(k + 1)). A server that may choose its blocks needs no more than two that collide, and
    finds them in about 2^(k/2) tries.

    Examples
    --------
    >>> round(collision(16, 2**8), 3), round(collision(16, 2**9), 3)
    (0.392, 0.864)
    """
    _check_bits(bits)
    return -expm1(-hashes * (hashes - 1) / 2 * 2.0**-bits)


def _length(height: int, size: int) -> int:
    """Return the length of the paths in the complete subtree of some height."""
    is_last = size % (1 << height) == 0
    return height + (size >> height).bit_count() - is_last


def _check_bits(bits: int) -> None:
    if bits < 1:
        raise InputError(f"bits={bits} must be at least 1")
