"""Fitting and measuring: labelled and made pages, the networks, the figures. A run needs none of it."""
