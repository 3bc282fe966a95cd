package io.sekisho.mail.event;

/**
 * What exactly went wrong with a host, or on the way to one; a closed list, finer than {@link BlockReason}, which says only why
 * the gateway's own policy stopped a message. For people the event's detail says the same in words.
 */
public enum AttemptFailure {
    /** DNS gave no answer, or one that says that the look-up failed. */
    DNS_LOOKUP_FAILED,
    /** The recipient's domain does not exist, or has neither MX nor address. */
    DOMAIN_NOT_FOUND,
    /** The recipient's domain takes no mail (RFC 7505). */
    NULL_MX,
    /** A host has no address. */
    HOST_WITHOUT_ADDRESS,
    /** The way leads back to this gateway. */
    ROUTING_LOOP,
    /** The configuration leads nowhere, or to an address that may not be connected to. */
    NO_ROUTE,
    /** No connection was made. */
    CONNECT_FAILED,
    /** The greeting was 4yz or 5yz. */
    GREETING_REFUSED,
    /** EHLO or HELO was answered with 4yz or 5yz. */
    EHLO_REFUSED,
    STARTTLS_NOT_OFFERED,
    /** STARTTLS was answered with 4yz or 5yz. */
    STARTTLS_REFUSED,
    /** Plain text came behind the reply to STARTTLS (CVE-2011-0411). */
    STARTTLS_INJECTED,
    HANDSHAKE_FAILED,
    TLS_VERSION_TOO_LOW,
    CERTIFICATE_EXPIRED,
    CERTIFICATE_NAME_MISMATCH,
    /** It does not lead to a trusted authority. */
    CERTIFICATE_UNTRUSTED,
    /** Any other fault of a certificate: not yet valid, of another usage, too weak, none. */
    CERTIFICATE_INVALID,
    /** No TLSA record matches. */
    TLSA_MISMATCH,
    /** The host does not take the body as it is (8BITMIME, BINARYMIME). */
    BODY_TYPE_NOT_SUPPORTED,
    SMTPUTF8_NOT_SUPPORTED,
    /** The host says that it takes no message of this size. */
    MESSAGE_TOO_LARGE,
    MAIL_REFUSED,
    RECIPIENT_REFUSED,
    DATA_REFUSED,
    /** The content was refused, at its end or before. */
    CONTENT_REFUSED,
    /** The host closed the connection before the content. */
    CONNECTION_LOST,
    /** The host closed the connection while the content was sent. */
    CONNECTION_LOST_IN_CONTENT,
    /** No reply to the content: the host may have taken it. */
    REPLY_LOST,
    /** A reply did not come in its time. */
    REPLY_TIMED_OUT,
    /** The host stopped taking the content. */
    CONTENT_STALLED,
    /** What came is no SMTP reply. */
    REPLY_MALFORMED,
    /** A reply that SMTP does not have at that place, or that nobody asked for. */
    REPLY_OUT_OF_PLACE,
    /** The attempt reached the bound of its time. */
    ATTEMPT_TOO_LONG,
    /** Another pod has the message now. */
    CLAIM_LOST,
    /** The rules or the route changed before the host was told of the mail: it is tried again by the new ones. */
    POLICY_CHANGED,
    /** The gateway could not read the content now. */
    CONTENT_UNREADABLE,
    /** The gateway's copy of the content is lost or was changed. */
    CONTENT_LOST
}
