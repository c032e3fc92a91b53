"""Networks: topologies, real networks, files; their matrices, spectra and weight design."""
