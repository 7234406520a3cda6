// The precompiled header needs one unit.
