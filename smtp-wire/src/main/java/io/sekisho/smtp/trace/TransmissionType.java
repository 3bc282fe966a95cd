package io.sekisho.smtp.trace;

/** The value of the {@code with} clause of a Received field (RFC 3848, RFC 6531 §4.3). */
public enum TransmissionType {
    SMTP,
    ESMTP,
    ESMTPS,
    ESMTPA,
    ESMTPSA,
    UTF8SMTP,
    UTF8SMTPS,
    UTF8SMTPA,
    UTF8SMTPSA;

    /** How the client greeted. */
    public enum Greeting {
        HELO,
        EHLO
    }

    /** Whether the session was encrypted. */
    public enum Channel {
        PLAIN,
        TLS
    }

    /** Whether the client authenticated (SMTP AUTH). */
    public enum Login {
        ANONYMOUS,
        AUTHENTICATED
    }

    /** Whether MAIL carried SMTPUTF8. */
    public enum Addresses {
        ASCII,
        SMTPUTF8
    }

    /** The type that describes a transaction; after HELO there are no extensions to name. */
    public static TransmissionType of(Greeting greeting, Channel channel, Login login, Addresses addresses) {
        if (greeting == Greeting.HELO) {
            return SMTP;
        }
        String name = (addresses == Addresses.SMTPUTF8 ? "UTF8SMTP" : "ESMTP")
                + (channel == Channel.TLS ? "S" : "")
                + (login == Login.AUTHENTICATED ? "A" : "");
        return valueOf(name);
    }
}
