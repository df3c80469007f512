"""The network that is trained: a compact BERT, a reader for each rule, and tags for every token.

Each rule attends to the post's tokens by a query of its own, so that one sentence in a long post can carry it,
and the weights of that attention say which words did.
"""

from pathlib import Path
from typing import NamedTuple

import torch
from torch import Tensor, nn
from transformers import BertModel

UNSEEN = -1e4
RARE = -4.0  # a rule's log-odds before anything is learned: about one post in fifty breaks it


class Sizes(NamedTuple):
    """How many rules, kinds of detail (with none), subjects and verdicts the heads tell apart."""

    rules: int
    kinds: int
    subjects: int
    verdicts: int = 4


class Outputs(NamedTuple):
    """Logits: a rule a post, a rule's attention a token, kinds and subjects a token, verdicts a post."""

    rules: Tensor
    attention: Tensor
    kinds: Tensor
    subjects: Tensor
    verdict: Tensor


class LockedDropout(nn.Module):
    """Dropout that leaves out the same features at every token of a post: as good a guard, and far cheaper to draw."""

    def __init__(self, rate: float) -> None:
        """Take the share of features to leave out."""
        super().__init__()
        self.rate = rate

    def forward(self, states: Tensor) -> Tensor:
        """Return `states` with some features of each post at nothing, while training."""
        if not self.training or not self.rate:
            return states
        kept = torch.rand(states.shape[0], 1, states.shape[-1]) >= self.rate
        return states * (kept / (1 - self.rate)).to(states.dtype)


class Reader(nn.Module):
    """An encoder with its heads; `forward` takes token ids (0 is padding) and which part each token stands in."""

    def __init__(self, encoder: BertModel, sizes: Sizes, dropout: float = 0.1) -> None:
        """Take an encoder and give it fresh heads."""
        super().__init__()
        width = encoder.config.hidden_size
        self.encoder, self.dropout = encoder, LockedDropout(dropout)
        self.ask, self.tell = nn.Linear(width, sizes.rules), nn.Linear(width, sizes.rules)
        self.kinds, self.subjects = nn.Linear(width, sizes.kinds), nn.Linear(width, sizes.subjects)
        self.verdict = nn.Linear(width, sizes.verdicts)
        nn.init.constant_(self.tell.bias, RARE)

    def forward(self, ids: Tensor, parts: Tensor) -> Outputs:
        """Return every head's logits; only tokens of part 1, the post itself, can carry a rule."""
        states = self.encoder(input_ids=ids, attention_mask=(ids > 0).long(), token_type_ids=parts).last_hidden_state
        states = self.dropout(states)
        asked = self.ask(states).masked_fill((parts == 0).unsqueeze(-1), UNSEEN).transpose(1, 2)
        told = self.tell(states).transpose(1, 2)
        rules = (asked.softmax(-1) * told).sum(-1)
        return Outputs(rules, asked, self.kinds(states), self.subjects(states), self.verdict(states[:, 0]))


def pretrained(folder: Path, keep: list[int], layers: int, dropout: float = 0.1) -> BertModel:
    """Return the first `layers` layers of the encoder in `folder`, its vocabulary cut down to the ids in `keep`."""
    encoder = BertModel.from_pretrained(
        folder,
        add_pooling_layer=False,
        attn_implementation="eager",  # on processors, going back through the fused kind takes longer
        hidden_dropout_prob=dropout,
        attention_probs_dropout_prob=0.0,
    )
    encoder.encoder.layer = encoder.encoder.layer[:layers]
    encoder.config.num_hidden_layers = layers
    for module in list(encoder.modules()):
        for name, child in module.named_children():
            if isinstance(child, nn.Dropout) and child.p:
                setattr(module, name, LockedDropout(child.p))
    words = encoder.embeddings.word_embeddings.weight.detach()[torch.tensor(keep)].clone()
    encoder.set_input_embeddings(nn.Embedding.from_pretrained(words, freeze=False, padding_idx=0))
    encoder.config.vocab_size = len(keep)
    return encoder
