"""Run blocks one after the other in this process."""

from collections.abc import Generator, Iterable

from threadpoolctl import threadpool_limits

from ..block import Block, Job, perform
from ..packet import Packet

__all__ = ["in_process"]


def in_process(job: Job, blocks: Iterable[Block]) -> Generator[Packet, None, None]:
    """Yield the packets of blocks in their order.

    Linear algebra is held to one thread, as in worker processes: sums in another order differ in the
    last bits.
    """
    with threadpool_limits(limits=1):
        for block in blocks:
            packet = perform(job, block)
            if packet is not None:
                yield packet
                continue
            for single in block.split():
                alone = perform(job, single)
                assert alone is not None  # a single run is always packed
                yield alone
