package io.sekisho.egress.operator;

/** What an operator can do with what is kept. */
public enum QuarantineAction {
    RELEASE,
    BOUNCE
}
