"""Nemesis: what a store goes through when somebody sets out to break it.

**Question.** What do crashes, restarts, partitions and lost disks cost Raft, PBFT and HotStuff, and does safety hold?
**Design.** Each protocol on the least number of servers that bears two faults: 5 for Raft, 7 for the others. Three
clients ask for 20 commands each, a message takes 0.5 to 1.5 rounds. Nine nemeses, those of Jepsen's tests among them:
none; leaders that stop 5 rounds into their reign and are back 30 later; all servers restarted in turn, one every 17
rounds; two servers that nobody hears; a bridge and a ring of majorities; delays without a bound until round 120; and
two disks lost every 23 rounds, on a calm network and in a ring of majorities. Who restarts remembers what it persisted;
PBFT, which persists nothing, is paused instead, and where its leaders are hunted counts on their number. 30 replicates.
**Expected.** Safety in every run that a guarantee covers, and all clients are answered in the end. Nothing is free:
without faults a command takes Raft and PBFT about 5 rounds and HotStuff 10. Raft pays most in a ring, where it goes
through ten terms instead of one, and while delays have no bound; PBFT where its primary cannot reach a quorum, behind a
bridge, and while delays have no bound; HotStuff wherever some servers are down, since their turn to lead comes all the
same. Raft does not bear lost disks: on a calm network all servers have what is acknowledged and nothing is seen of it,
but in a ring, where a bare majority has it, about half of the runs end with ledgers that differ. PBFT and HotStuff
bear two lost disks among seven.
"""

from ..study import Small, Study

__all__ = ["nemesis"]

_CALM = "uniform(low=0.5, high=1.5)"
_ONE_WAY = f"{_CALM} + partition(groups=[[0, 1]], blocks=out, at=20, until=120)"
_BRIDGE = f"{_CALM} + bridge(at=20, until=120)"
_RING = f"{_CALM} + majority-ring(at=20, until=120)"
_LATE = "exponential(mean=5) + stabilisation(at=120, bound=1.5)"

_HUNTED = "hunting(at=5, recover=30, loses=memory)"
_RESTARTED = "crash(at=10, recover=6, loses=memory, stagger=17)"
_PAUSED = "crash(at=10, recover=6, stagger=17)"
_LOST = "crash(at=40, recover=3, loses=disk, every=23)"

nemesis = Study(
    name="nemesis",
    question="What do crashes, restarts, partitions and lost disks cost a replicated store, and does safety hold?",
    model="servers",
    factors={
        "protocol": ["raft", "pbft", "hotstuff"],
        "network": ["complete(n=5)", "complete(n=7)"],
        "f": 2,
        "traitors": [0, 2, 5, 7],
        "conduct": ["silent", _HUNTED, _RESTARTED, _PAUSED, _LOST],
        "channel": [_CALM, _ONE_WAY, _BRIDGE, _RING, _LATE],
        "clients": 3,
        "commands": 20,
        "keys": 2,
        "pause": 5,
        "max_steps": 1500,
    },
    where=(
        "(protocol == 'raft') == (network == 'complete(n=5)') and ("
        "traitors == 0 and conduct == 'silent'"
        " or traitors == 2 and conduct.str.contains('disk') and channel.str.contains('ring')"
        " or not channel.str.contains('partition|bridge|ring|stabilisation') and ("
        "traitors == 2 and conduct.str.contains('hunting|disk')"
        " or protocol == 'raft' and traitors == 5 and conduct.str.contains('crash.*memory')"
        " or protocol == 'hotstuff' and traitors == 7 and conduct.str.contains('crash.*memory')"
        " or protocol == 'pbft' and traitors == 7 and not conduct.str.contains('silent|loses')))"
    ),
    replicates=30,
    seed=1,
    record=(),
    measures=("nemesis",),
    figures=("nemesis",),
    small=Small(replicates=2),
)
