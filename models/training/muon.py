"""Muon (Jordan 2024): momentum whose step is made orthogonal; here with the scale of Liu et al. 2025, so that one learning rate serves it and AdamW."""
import torch


def orthogonal(g, steps=5):
    """Nearest orthogonal matrix by a quintic Newton-Schulz iteration."""
    x = g / (g.norm() + 1e-7)
    flip = x.shape[0] > x.shape[1]
    x = x.T if flip else x
    for _ in range(steps):
        a = x @ x.T
        x = 3.4445 * x + (-4.775 * a + 2.0315 * a @ a) @ x
    return x.T if flip else x


class Muon(torch.optim.Optimizer):
    def __init__(self, params, lr, momentum=0.95, weight_decay=0.0):
        super().__init__(params, dict(lr=lr, momentum=momentum, weight_decay=weight_decay))

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            for p in group["params"]:
                if p.grad is None:
                    continue
                m = self.state[p].setdefault("momentum", torch.zeros_like(p))
                m.lerp_(p.grad, 1 - group["momentum"])
                g = p.grad.lerp(m, group["momentum"])
                flat = g.reshape(g.shape[0], -1)
                step = orthogonal(flat) * 0.2 * max(flat.shape) ** 0.5
                p.mul_(1 - group["lr"] * group["weight_decay"])
                p.add_(step.reshape(p.shape), alpha=-group["lr"])
