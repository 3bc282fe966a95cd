package io.sekisho.smtp.reply;

/** The service extensions that this gateway knows, by their EHLO keyword. */
public enum EhloKeyword {
    /** RFC 1870. */
    SIZE("SIZE"),
    /** RFC 2920. */
    PIPELINING("PIPELINING"),
    /** RFC 3207. */
    STARTTLS("STARTTLS"),
    /** RFC 6152. */
    EIGHTBITMIME("8BITMIME"),
    /** RFC 6531. */
    SMTPUTF8("SMTPUTF8"),
    /** RFC 2034. */
    ENHANCEDSTATUSCODES("ENHANCEDSTATUSCODES"),
    /** RFC 3030. */
    CHUNKING("CHUNKING"),
    /** RFC 3030 §3; never offered here, since mail is passed on by DATA. */
    BINARYMIME("BINARYMIME"),
    /** RFC 3461. */
    DSN("DSN"),
    /** RFC 4954. */
    AUTH("AUTH");

    private final String wireName;

    EhloKeyword(String wireName) {
        this.wireName = wireName;
    }

    /** The keyword as it stands in an EHLO reply. */
    public String wireName() {
        return wireName;
    }
}
