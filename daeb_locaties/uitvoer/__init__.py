"""What leaves the project: files for the provincie and the gemeente.

Every file cites its akkoord, bids, peildatum, rule version and layer snapshots.
"""
