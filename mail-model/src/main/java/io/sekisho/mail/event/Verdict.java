package io.sekisho.mail.event;

/** Whether what the session had meets what the rules asked. */
public enum Verdict {
    MET,
    UNMET,
    /** The policy was not known: nothing was decided. */
    UNDETERMINED
}
