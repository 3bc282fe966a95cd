package io.sekisho.mail.policy;

/** Seen from the managed domain; decided per recipient. */
public enum Direction {
    INBOUND,
    OUTBOUND
}
