"""The window "Models": packs, devices with the doctor, evals over time."""
