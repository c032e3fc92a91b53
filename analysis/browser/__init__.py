"""The browser: watch any model agree, or fail to, and look into the results of a sweep.

A `Playback` is a run that can be shown at any step, an `Address` what stands in the browser's address bar, `controls`
are what can be set, and `views` what can be seen. All of that is plain Python. Only the pages themselves and
their server need Solara (``pip install "accord[browser]"``).

>>> from accord.analysis.browser.address import Address
>>> from accord.analysis.browser.playback import Playback
>>> from accord.models import Averaging
>>> Playback(Averaging, Address("averaging", {"network": "petersen"}, seed=1, step=5)).model.clock
5
"""
