"""The benchmark for a CUDA machine runs, tried on a small shape; and says what it needs."""

import subprocess
import sys

import pytest
import torch

CUDA = [sys.executable, "-m", "tests.benchmarks.cuda"]


def test_the_cuda_benchmark_runs_small_on_a_cpu():
    ran = subprocess.run(
        [*CUDA, "--tiny", "--device", "cpu", "--tokens", "40"], capture_output=True, text=True
    )
    assert ran.returncode == 0, ran.stderr
    assert "CPU" in ran.stdout and "2 layers × 4 heads, 40 tokens" in ran.stdout
    for measured in ("capture ÷ plain", "one head's map", "overview of all 8 heads"):
        assert measured in ran.stdout


@pytest.mark.skipif(torch.cuda.is_available(), reason="there is CUDA here")
def test_without_cuda_it_says_so():
    ran = subprocess.run(CUDA, capture_output=True, text=True)
    assert (ran.returncode, ran.stdout) == (1, "")
    assert ran.stderr == "This needs CUDA, and PyTorch finds no CUDA device here.\n"
