package io.sekisho.ingress.session;

/** What DNS says of the domain in MAIL FROM. */
public enum SenderDomain {
    /** It can receive mail: it has an MX, or an address, which counts for one (RFC 5321 §5.1). */
    TAKES_MAIL,
    /** It says itself that it neither sends nor receives mail (null MX, RFC 7505 §4.2). */
    TAKES_NO_MAIL,
    /** It has neither MX nor address: nobody could ever answer its mail. */
    DOES_NOT_EXIST,
    /** DNS gave no answer, which is never held against a sender. */
    UNKNOWN
}
