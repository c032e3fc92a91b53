from accord.agents.errors import InputError, UnknownNameError
from accord.analysis.browser.trouble import told


def test_bad_input_is_told_in_its_own_words_and_a_defect_by_its_kind() -> None:
    assert told(InputError("n=2: use more")) == "n=2: use more"
    assert told(UnknownNameError("rule", "mediam", ["median"])).startswith(
        "unknown rule 'mediam': did you mean"
    )
    assert told(ZeroDivisionError("by nothing")) == "ZeroDivisionError: by nothing"
