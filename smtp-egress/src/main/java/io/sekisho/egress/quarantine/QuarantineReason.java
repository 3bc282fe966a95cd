package io.sekisho.egress.quarantine;

/** Why something was kept. */
public enum QuarantineReason {
    /** The record has no envelope, or none that can be read. */
    UNREADABLE,
    /** A part of the message is missing or differs from what was received. */
    CONTENT_LOST,
    /** Three attempts at it ended with their pod. */
    ENDED_PODS
}
