"""The browser: watch any model agree, or fail to, and look into the results of a sweep.

`Playback` is a run that can be shown at any step, `Address` what stands in the browser's address bar, `controls` what
can be set, `views` what can be seen. All of that is plain Python. Only the pages themselves, and the server, need
Solara (``pip install "accord[browser]"``), and nothing here imports it before they are asked for.
"""

from .address import Address
from .controls import Control, changed, controls
from .playback import Playback
from .views import View, views

__all__ = ["Address", "Control", "Playback", "View", "changed", "controls", "views"]
