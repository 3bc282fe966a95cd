package io.sekisho.egress.delivery;

/** Why an attempt failed in a way that may heal. What stopped it is in the outcome's detail. */
public sealed interface DeferralCause {

    /** A host answered 4yz. */
    record Replied() implements DeferralCause {}

    /** No host could be connected to, or the connection was lost or timed out before the content was complete. */
    record HostUnreachable() implements DeferralCause {}

    /** The host's bytes were no SMTP, or not what SMTP has at that place. */
    record ProtocolViolated() implements DeferralCause {}

    /** The content and its final dot were sent, no reply came: the host may have taken it, the next attempt may double. */
    record ReplyLost() implements DeferralCause {}

    /** DNS did not answer, or answered that it failed. */
    record DnsFailed() implements DeferralCause {}

    /** The configuration leads nowhere: no next hops, a next hop's name does not exist, or its address is not allowed. */
    record NoRoute() implements DeferralCause {}

    /** The content could not be read now ({@link MessageContent#part} failed, though not for good). */
    record ContentUnreadable() implements DeferralCause {}

    /** {@link Claim#isHeld} was false. */
    record ClaimLost() implements DeferralCause {}

    /** {@link Standing#holds} was false before the host was told of the mail. */
    record PolicyChanged() implements DeferralCause {}

    /** The attempt reached the bound of its time before the content was complete. */
    record TimeExceeded() implements DeferralCause {}
}
