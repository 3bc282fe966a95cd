package io.sekisho.egress.quarantine;

/** What became of the wish to put kept mail into the schedule again. */
public enum Reinstatement {
    /** Its rows are there, and the entry is gone. */
    DONE,

    /** There was no entry (any more). */
    GONE,

    /** A row that it had before is there still: its end is being written. Nothing was changed. */
    STILL_ENDING
}
