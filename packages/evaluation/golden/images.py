"""Computes images.json with scikit-image and SciPy. See README.md."""

import json
import math
from pathlib import Path

import numpy as np
import scipy
import skimage
from scipy.signal import convolve2d
from skimage.metrics import peak_signal_noise_ratio, structural_similarity

import cases

LAPLACIAN = np.array([[0, 1, 0], [1, -4, 1], [0, 1, 0]])
DIFFERENCE = np.array([[1, -2, 1], [-2, 4, -2], [1, -2, 1]])  # Immerkær, 1996


def images(seed, width, height, spread):
    """A pattern of waves, and the same with whole-numbered noise of -spread to spread."""
    y, x = np.mgrid[0:height, 0:width].astype(np.int64)
    reference = ((x * x * seed + y * 7 + x * y) >> 3) & 255
    noise = cases.noise(seed, 1, width * height).reshape(height, width) % (2 * spread + 1) - spread
    return reference.astype(np.uint8), np.clip(reference + noise, 0, 255).astype(np.uint8)


def golden(seed, width, height, spread):
    reference, image = images(seed, width, height, spread)
    pixels = image.astype(np.float64)
    large = min(width, height) >= 3
    return {
        "case": {"seed": seed, "width": width, "height": height, "spread": spread},
        "checksum": cases.checksum(reference.ravel().astype(np.int64), image.ravel().astype(np.int64)),
        "psnr": None if (reference == image).all() else float(peak_signal_noise_ratio(reference, image, data_range=255)),
        "ssim": float(
            structural_similarity(
                reference, image, data_range=255, gaussian_weights=True, sigma=1.5, use_sample_covariance=False
            )
        )
        if min(width, height) >= 11
        else None,
        "brightness": float(pixels.mean()),
        "contrast": float(pixels.std()),
        "sharpness": float(convolve2d(pixels, LAPLACIAN, "valid").var()) if large else None,
        "noise": float(np.abs(convolve2d(pixels, DIFFERENCE, "valid")).mean() * math.sqrt(math.pi / 2) / 6)
        if large
        else None,
    }


SIZES = [(1, 1), (2, 5), (3, 3), (10, 40), (11, 11), (12, 17), (48, 48), (96, 64), (200, 130)]
entries = [golden(seed, *size, spread) for size in SIZES for seed in (1, 2) for spread in (0, 1, 8, 90)]
versions = {"numpy": np.__version__, "scikit-image": skimage.__version__, "scipy": scipy.__version__}
lines = ",\n".join(json.dumps(entry, separators=(",", ":"), allow_nan=False) for entry in entries)
Path(__file__).with_name("images.json").write_text(f'{{\n"versions":{json.dumps(versions)},\n"images":[\n{lines}\n]\n}}\n')
print(len(entries), versions)
