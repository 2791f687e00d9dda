"""Draw the pictures of the shipped decks anew: `python -m docs.decks.draw_pictures`."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from docs.decks import agents, credit, goodhart, layer_reach, residual_stream, training
from docs.decks.canvas import Canvas

FOLDER = Path(__file__).parents[2] / "decks" / "media"
PICTURES: Mapping[str, Callable[[], Canvas]] = {
    "align-loss-surface-step": training.loss_surface_step,
    "align-latent-mask": credit.latent_mask,
    "align-residual-writes": residual_stream.residual_writes,
    "align-coins-unicorns": agents.coins_and_unicorns,
    "align-filtering-vs-rl": goodhart.filtering_vs_rl,
    "align-layer-horizon": layer_reach.layer_horizon,
    "align-circuit-relay": layer_reach.circuit_relay,
    "align-norm-growth": residual_stream.norm_growth,
    "align-trajectory-stitching": agents.trajectory_stitching,
    "align-product-gradient": credit.product_gradient,
    "align-weighted-trajectories": training.weighted_trajectories,
    "align-goodhart-conditional": goodhart.conditional,
    "align-clipping-regimes": residual_stream.clipping_regimes,
}


def draw(folder: Path) -> None:
    """Write all pictures to a folder; what is written never differs from one time to the next."""
    folder.mkdir(exist_ok=True)
    for name, picture in PICTURES.items():
        path = folder / f"{name}.svg"
        path.write_text(picture().svg(), encoding="utf-8", newline="\n")
        sys.stdout.write(f"{path}\n")


if __name__ == "__main__":
    draw(FOLDER)
