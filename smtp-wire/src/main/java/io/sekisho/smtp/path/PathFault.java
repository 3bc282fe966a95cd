package io.sekisho.smtp.path;

/** What can be wrong with a path. */
public enum PathFault {
    NO_ANGLE_BRACKETS("a path stands in angle brackets, RFC 5321 §4.1.2"),
    NULL_PATH("only a reverse-path can be <>, RFC 5321 §4.1.1.3"),
    SOURCE_ROUTE_MALFORMED("the source route is malformed, RFC 5321 appendix C"),
    LOCAL_PART_MISSING("there is no local part before the @"),
    LOCAL_PART_TOO_LONG("the local part is longer than 64 octets, RFC 5321 §4.5.3.1.1"),
    LOCAL_PART_MALFORMED("the local part has a character that needs quoting, RFC 5321 §4.1.2"),
    DOMAIN_MISSING("there is no domain behind the @"),
    DOMAIN_MALFORMED("what stands behind the @ is neither a domain name nor an address literal"),
    PATH_TOO_LONG("the path is longer than 256 octets, RFC 5321 §4.5.3.1.3");

    private final String reason;

    PathFault(String reason) {
        this.reason = reason;
    }

    /** A phrase for replies and logs. */
    public String reason() {
        return reason;
    }
}
