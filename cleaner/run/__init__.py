"""A run over files: which inputs, how each is cleaned and proven, what became of it, and the way back."""
