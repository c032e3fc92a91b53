"""What the runs say: theory, measures, intervals, figures and the report.

Measures and figures take the frames that a sweep returned and are found by name, each in a file of its own:

>>> from accord.analysis.figures import figures
>>> from accord.analysis.measures import measures
>>> "tolerance-map" in figures, "capture" in measures
(True, True)
"""
