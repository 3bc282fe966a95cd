package io.sekisho.egress.attempt;

/** Where a recipient in hand is. */
enum Phase {
    /** Not begun, waiting for a slot, or the ledger is being asked. */
    WAITING,
    /** Another attempt at it is under way elsewhere, or it must be tried alone. */
    HELD,
    IN_ATTEMPT,
    /** The attempt failed for good; the report is not written yet. */
    FAILED,
    /** What came of it is being made durable. */
    CONCLUDING,
    /** Nothing more is to be done here. */
    OVER
}
