"""The figure: how long and how thick its parts are, in centimetres, and how far its joints bend."""

LENGTHS = {
    "pelvis": 10.0,
    "waist": 16.0,
    "chest": 22.0,
    "neck": 8.0,
    "head": 10.0,
    "upper_arm": 27.0,
    "forearm": 23.0,
    "hand": 8.0,
    "thigh": 42.0,
    "shin": 41.0,
    "foot": 17.0,
}
HIP_OUT, SHOULDER_OUT, SHOULDER_DOWN = 8.5, 16.5, 4.5
HEEL_BACK, SOLE_DOWN = 4.0, 7.0  # from the ankle
HEAD = 10.0

# The radius of a part where it begins and where it ends.
RADII = {
    "neck": (4.6, 4.6),
    "upper_arm": (5.2, 4.3),
    "forearm": (4.3, 3.4),
    "hand": (3.4, 2.8),
    "thigh": (8.6, 6.2),
    "shin": (6.0, 4.2),
    "foot": (3.6, 3.0),
}
# Along the trunk, from the hips to the neck: share of the way, radius from front to back, half the width.
TRUNK_SHAPE = ((0.0, 9.5, 15.0), (0.25, 9.2, 14.5), (0.5, 8.6, 12.5), (0.8, 10.0, 15.5), (1.0, 7.0, 14.0))
THICKNESS = {"pelvis": 9.5, "waist": 8.6, "chest": 10.0, "shoulders": 9.0, "head": HEAD}

# Degrees: 0 is straight, plus is the way the joint bends.
KNEE = (-4.0, 158.0)
ELBOW = (-6.0, 155.0)
HIP = (-35.0, 140.0)
SPINE = (-50.0, 55.0)
NECK = (-60.0, 65.0)
ANKLE = (0.0, 125.0)  # between shin and foot: 90 is a right angle
