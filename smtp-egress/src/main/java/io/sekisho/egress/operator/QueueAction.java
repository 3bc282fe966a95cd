package io.sekisho.egress.operator;

/** What an operator can do to mail in the queue. */
public enum QueueAction {
    FLUSH,
    HOLD,
    RELEASE,
    CANCEL
}
