"""Logs runs, metrics and per-sample predictions to Samplewise.

>>> import samplewise
>>> client = samplewise.Client()                            # doctest: +SKIP
>>> experiment = client.experiment("demo", "Training")      # doctest: +SKIP
>>> with client.run(experiment, name="resnet50", params={"lr": 1e-3}) as run:   # doctest: +SKIP
...     run.log({"loss/train": 0.7}, step=0)
"""

from ._client import Client, Experiment, ModelConfig
from ._errors import ConnectionFailed, InvalidInput, Problem, RequestFailed, SamplewiseError
from ._run import Phase, Run
from ._submission import Score, Submission

__all__ = [
    "Client",
    "ConnectionFailed",
    "Experiment",
    "InvalidInput",
    "ModelConfig",
    "Phase",
    "Problem",
    "RequestFailed",
    "Run",
    "SamplewiseError",
    "Score",
    "Submission",
]
__version__ = "0.1.0"
