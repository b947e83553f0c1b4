"""Training: only when something changed, and a failure costs nothing."""

from pathlib import Path

import pytest

from wegwijzer.operation import training


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A folder with everything that a model is made of, and something that it is not made of."""
    for name in ("config.yml", "domain.yml", "bot/uv.lock", "bot/data/nlu/starten.yml", "bot/components/encoder.py"):
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("first")
    (tmp_path / "README.md").write_text("first")
    return tmp_path


@pytest.mark.parametrize("name", ["config.yml", "bot/uv.lock", "bot/data/nlu/starten.yml", "bot/components/encoder.py"])
def test_a_change_in_what_a_model_is_made_of_asks_for_training(project: Path, name: str) -> None:
    before = training.training_fingerprint(project)

    (project / name).write_text("second")

    assert training.training_fingerprint(project) != before


def test_a_new_file_of_examples_asks_for_training(project: Path) -> None:
    before = training.training_fingerprint(project)

    (project / "bot" / "data" / "nlu" / "personeel.yml").write_text("")

    assert training.training_fingerprint(project) != before


def test_other_changes_ask_for_nothing(project: Path) -> None:
    before = training.training_fingerprint(project)

    (project / "README.md").write_text("second")

    assert training.training_fingerprint(project) == before


def test_a_training_that_fails_says_why_and_leaves_the_old_model(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = tmp_path / "wegwijzer.tar.gz"
    model.write_bytes(b"old")
    monkeypatch.setattr(training, "MODEL", model)
    monkeypatch.setattr(training, "LOG", tmp_path / "training.log")
    empty = tmp_path / "data"
    empty.mkdir()
    monkeypatch.setattr(training, "_arguments", lambda: ["--data", str(empty), "--out", str(tmp_path)])

    with pytest.raises(training.TrainingError, match="No training data given"):
        training.train_if_changed()

    assert model.read_bytes() == b"old"
