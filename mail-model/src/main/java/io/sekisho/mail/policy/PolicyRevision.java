package io.sekisho.mail.policy;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * A state of the whole policy: every change takes the next number of its epoch; the epoch changes when a database is
 * restored, so that numbers of two epochs are never compared.
 *
 * @param epoch letters and digits
 * @param n 0 or more
 */
public record PolicyRevision(String epoch, long n) {

    /** Before the first change: what a client has that knows nothing. */
    public static final PolicyRevision NONE = new PolicyRevision("", 0);

    /** Reads {@code epoch:n}, or {@code 0} as {@link #NONE}. */
    @JsonCreator
    public static PolicyRevision parse(String text) {
        if (text.equals("0")) {
            return NONE;
        }
        int colon = text.indexOf(':');
        if (!text.matches("[0-9A-Za-z]{1,32}:[0-9]{1,18}")) {
            throw new IllegalArgumentException("'" + text + "' is not a policy revision (epoch:number, or 0)");
        }
        return new PolicyRevision(text.substring(0, colon), Long.parseLong(text.substring(colon + 1)));
    }

    /** Whether this follows {@code other}, or cannot be compared with it because the epoch changed. */
    public boolean supersedes(PolicyRevision other) {
        return !epoch.equals(other.epoch) || n > other.n;
    }

    @Override
    @JsonValue
    public String toString() {
        return epoch.isEmpty() ? "0" : epoch + ":" + n;
    }
}
