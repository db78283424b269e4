"""
Trains a classifier of the study on FER-2013 and registers it, so that executors can run it.

    pip install torch torchvision onnx
    python train.py --data fer2013.csv --model efficientnet_b0 --out models --project fer2013

Transfer learning from torchvision's ImageNet weights where they are in its cache or can be downloaded, else (or with
--from-scratch) from random ones. It trains on the split Training alone, chooses the best epoch on PublicTest, and never
reads PrivateTest, on which the study tests. Curves, what training costs, and checkpoints are logged to the platform.

The preprocessing is that of the presets vgg19-torchvision, resnet50-torchvision and efficientnet-b0-torchvision: grey
repeated to RGB, the short side resized, a crop of 224, ImageNet's mean and deviation. So the exported file is what they
expect: `input` [N, 3, 224, 224] -> `logits` [N, 7].
"""

from __future__ import annotations

import argparse
import csv
import math
import random
import sys
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import torch
import torchvision
from torch import Tensor, nn
from torchvision.transforms import InterpolationMode
from torchvision.transforms import v2 as transforms

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "src"))
import samplewise  # noqa: E402

LABELS = ["angry", "disgust", "fear", "happy", "sad", "surprise", "neutral"]  # as fer2013.csv numbers them
SIZE = 224
MEAN, STD = [0.485, 0.456, 0.406], [0.229, 0.224, 0.225]

#: The short side before the crop and the kernel of the resize, as the presets have them.
MODELS: dict[str, dict[str, Any]] = {
    "vgg19": {"short": 256, "kernel": "linear", "title": "VGG19"},
    "resnet50": {"short": 232, "kernel": "linear", "title": "ResNet-50"},
    "efficientnet_b0": {"short": 256, "kernel": "cubic", "title": "EfficientNet-B0"},
}
KERNELS = {"linear": InterpolationMode.BILINEAR, "cubic": InterpolationMode.BICUBIC}

csv.field_size_limit(1_000_000)


def read_split(file: str, usage: str, limit: int | None) -> tuple[Tensor, Tensor]:
    """:returns: images, uint8 (n, 1, 48, 48), and labels, int64 (n,)"""
    pixels: list[bytes] = []
    labels: list[int] = []
    with open(file, newline="", encoding="utf-8") as stream:
        for row in csv.DictReader(stream, skipinitialspace=True):
            if row["Usage"].strip() != usage:
                continue
            pixels.append(bytes(map(int, row["pixels"].split())))
            labels.append(int(row["emotion"]))
            if limit is not None and len(labels) == limit:
                break
    if not labels:
        raise SystemExit(f"{file} has no row of Usage {usage}.")
    side = math.isqrt(len(pixels[0]))
    images = torch.frombuffer(bytearray(b"".join(pixels)), dtype=torch.uint8).reshape(-1, 1, side, side)
    return images, torch.tensor(labels)


def build_model(name: str, pretrained: bool) -> tuple[nn.Module, bool]:
    """:returns: the network with a head of seven classes, and whether it starts from ImageNet's weights"""
    make = getattr(torchvision.models, name)
    model: nn.Module
    try:
        model = make(weights="DEFAULT" if pretrained else None)
    except OSError as error:
        print(f"ImageNet's weights can not be had ({error}): training starts from random ones.", file=sys.stderr)
        pretrained, model = False, make(weights=None)
    if name == "resnet50":
        model.fc = nn.Linear(model.fc.in_features, len(LABELS))  # type: ignore[arg-type]
    else:
        head = model.classifier[-1]  # type: ignore[index]
        model.classifier[-1] = nn.Linear(head.in_features, len(LABELS))  # type: ignore[index]
    return model, pretrained


def preprocessing(name: str, training: bool) -> nn.Module:
    of = MODELS[name]
    crop = transforms.RandomCrop(SIZE) if training else transforms.CenterCrop(SIZE)
    augment = [transforms.RandomHorizontalFlip(), transforms.RandomRotation(10)] if training else []
    return transforms.Compose(
        [
            *augment,
            transforms.Resize(of["short"], interpolation=KERNELS[of["kernel"]], antialias=False),
            crop,
            transforms.ToDtype(torch.float32, scale=True),
            transforms.Lambda(lambda images: images.expand(-1, 3, -1, -1)),
            transforms.Normalize(MEAN, STD),
        ]
    )


def batches(images: Tensor, labels: Tensor, size: int, shuffled: bool) -> Iterator[tuple[Tensor, Tensor]]:
    order = torch.randperm(len(labels)) if shuffled else torch.arange(len(labels))
    for at in order.split(size):
        # A batch of one has no deviation to normalise by.
        if len(at) > 1 or not shuffled:
            yield images[at], labels[at]


@torch.no_grad()
def evaluate(model: nn.Module, prepare: nn.Module, data: tuple[Tensor, Tensor], size: int, device: str) -> tuple[float, float]:
    """:returns: accuracy and mean cross-entropy"""
    model.eval()
    right, loss = 0, 0.0
    for images, labels in batches(*data, size, shuffled=False):
        logits = model(prepare(images).to(device)).float().cpu()
        right += int((logits.argmax(1) == labels).sum())
        loss += float(nn.functional.cross_entropy(logits, labels, reduction="sum"))
    return right / len(data[1]), loss / len(data[1])


def export(model: nn.Module, file: Path) -> None:
    model.eval().cpu()
    torch.onnx.export(
        model,
        (torch.zeros(1, 3, SIZE, SIZE),),
        str(file),
        input_names=["input"],
        output_names=["logits"],
        dynamic_axes={"input": {0: "N"}, "logits": {0: "N"}},
        opset_version=17,
        dynamo=False,
    )


def spec_of(name: str) -> dict[str, Any]:
    of = MODELS[name]
    return {
        "kind": "onnx-classifier",
        "labels": LABELS,
        "input": {
            "name": "input",
            "width": SIZE,
            "height": SIZE,
            "shortSide": of["short"],
            "resize": of["kernel"],
            "mean": MEAN,
            "std": STD,
        },
        "output": {"name": "logits", "activation": "logits"},
    }


def train(options: argparse.Namespace, run: samplewise.Run | None) -> Path:
    torch.manual_seed(options.seed)
    random.seed(options.seed)
    device = options.device
    data = {usage: read_split(options.data, usage, options.limit) for usage in ("Training", "PublicTest")}
    images, labels = data["Training"]
    model, pretrained = build_model(options.model, not options.from_scratch)
    model.to(device)
    if run:
        run.log_params({"pretrained": pretrained, "training_images": len(labels)})
    # Rare classes count more: FER-2013 has 436 pictures of disgust and 7,215 of happy faces.
    counts = torch.bincount(labels, minlength=len(LABELS)).clamp(min=1)
    weight = (len(labels) / (len(LABELS) * counts)).sqrt().to(device)
    criterion = nn.CrossEntropyLoss(weight=weight, label_smoothing=0.1)
    optimizer = torch.optim.AdamW(model.parameters(), lr=options.learning_rate, weight_decay=0.05)
    steps = options.epochs * math.ceil(len(labels) / options.batch)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, options.learning_rate, total_steps=max(2, steps + 1))
    prepare, plain = preprocessing(options.model, True), preprocessing(options.model, False)
    folder = Path(options.out)
    folder.mkdir(parents=True, exist_ok=True)
    best, kept = -1.0, folder / f"{options.model}.pt"
    step = 0
    for epoch in range(options.epochs):
        with run.phase("TRAINING", device=device) if run else nullcontext() as phase:
            model.train()
            for pictures, truth in batches(images, labels, options.batch, shuffled=True):
                optimizer.zero_grad()
                loss = criterion(model(prepare(pictures).to(device)), truth.to(device))
                loss.backward()
                nn.utils.clip_grad_norm_(model.parameters(), 1.0)
                optimizer.step()
                schedule.step()
                if run:
                    run.log({"loss/train": loss.item(), "learning_rate": schedule.get_last_lr()[0]}, step=step)
                step += 1
                if phase:
                    phase.samples += len(truth)
                if options.steps is not None and step >= options.steps:
                    break
        accuracy, loss_there = evaluate(model, plain, data["PublicTest"], options.batch, device)
        print(f"epoch {epoch + 1} of {options.epochs}: {100 * accuracy:.2f} % of PublicTest", file=sys.stderr)
        if run:
            run.log({"accuracy/validation": accuracy, "loss/validation": loss_there}, step=step)
        if accuracy > best:
            best = accuracy
            torch.save(model.state_dict(), kept)
            if run:
                run.log_artifact(kept, f"checkpoints/{kept.name}", type="checkpoint", metadata={"accuracy": accuracy})
        if options.steps is not None and step >= options.steps:
            break
    model.load_state_dict(torch.load(kept, weights_only=True))
    file = folder / f"{options.model}.onnx"
    export(model, file)
    if run:
        run.log_artifact(file, file.name, type="model")
    return file


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", required=True, help="fer2013.csv, as Kaggle has it")
    parser.add_argument("--model", required=True, choices=sorted(MODELS))
    parser.add_argument("--out", default="models", help="folder for the checkpoint and the ONNX file")
    parser.add_argument("--project", help="where to log and to register; nothing is logged without it")
    parser.add_argument("--from-scratch", action="store_true", help="do not start from ImageNet's weights")
    parser.add_argument("--epochs", type=int, default=20)
    parser.add_argument("--batch", type=int, default=64)
    parser.add_argument("--learning-rate", type=float, default=3e-4)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--limit", type=int, help="images of each split, to try it out")
    parser.add_argument("--steps", type=int, help="stop after so many batches, to try it out")
    options = parser.parse_args()
    if options.project is None:
        print(train(options, None))
        return
    client = samplewise.Client()
    experiment = client.experiment(
        options.project, "Trainings of the study", description="Each classifier, before it is compared."
    )
    params = {name: getattr(options, name) for name in ("model", "epochs", "batch", "learning_rate", "seed")}
    with client.run(experiment, name=f"train {options.model}", params=params, tags={"training": ""}, seed=options.seed) as run:
        file = train(options, run)
    # The study's recipe looks for this name.
    config = client.register_model(options.project, MODELS[options.model]["title"], spec_of(options.model), file)
    print(f"{file}\n{config.id}  {config.name}@{config.version}")


if __name__ == "__main__":
    main()
