"""More channels for trained weights, which read the same as before: new inputs weigh nothing until training finds a use for them (Chen et al. 2016, "Net2Net").

Usage: widen.py OLD.pt NEW.pt    NEW fits `Reader()` of model.py and goes to `train.py --init`
"""
import sys

import torch

from model import Reader


@torch.no_grad()
def widened(old):
    """State of a narrower reader -> state of one as wide as model.py says."""
    net = Reader()
    for name, new in net.state_dict().items():
        was = old[name]
        if new.shape != was.shape and new.ndim > 1 and name != "place" and new.shape[1] > was.shape[1]:
            new[: was.shape[0], was.shape[1] :] = 0
        new[tuple(slice(0, n) for n in was.shape)] = was
    return net.state_dict()


if __name__ == "__main__":
    torch.save(widened(torch.load(sys.argv[1])), sys.argv[2])
