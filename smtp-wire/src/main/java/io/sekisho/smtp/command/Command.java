package io.sekisho.smtp.command;

import io.sekisho.smtp.path.ForwardPath;
import io.sekisho.smtp.path.ReversePath;
import java.util.Optional;

/** A client's command, with its argument understood (RFC 5321 §4.1.1). */
public sealed interface Command {

    /**
     * EHLO.
     *
     * @param client the client's name or address literal as given; not verified (RFC 5321 §4.1.4)
     */
    record Ehlo(String client) implements Command {}

    /** HELO; {@code client} as for EHLO. */
    record Helo(String client) implements Command {}

    record StartTls() implements Command {}

    record Mail(ReversePath reversePath, MailParameters parameters) implements Command {}

    /**
     * RCPT.
     *
     * @param characters UTF8 is to be refused unless MAIL said SMTPUTF8 (RFC 6531 §3.5: 553 5.6.7)
     */
    record Rcpt(ForwardPath forwardPath, RcptParameters parameters, Characters characters) implements Command {}

    record Data() implements Command {}

    /**
     * BDAT (RFC 3030 §2).
     *
     * @param chunk of so many octets, which follow at once
     */
    record Bdat(Chunk chunk) implements Command {}

    /**
     * AUTH (RFC 4954 §4).
     *
     * @param mechanism in upper case, whether known or not
     * @param initialResponse in Base64 as given; {@code =} is an empty one
     */
    record Auth(String mechanism, Optional<String> initialResponse) implements Command {

        /** Without the response: it holds a secret. */
        @Override
        public String toString() {
            return "Auth[" + mechanism + "]";
        }
    }

    record Rset() implements Command {}

    record Noop() implements Command {}

    record Quit() implements Command {}

    record Vrfy(String user) implements Command {}

    /**
     * No verb that is parsed here.
     *
     * @param verb upper case, printable, at most 40 characters
     */
    record Unknown(String verb) implements Command {}

    /**
     * A known verb with an argument that cannot be understood.
     *
     * @param detail a phrase for the reply; may quote what the client sent
     */
    record SyntaxError(String verb, Fault fault, String detail) implements Command {}

    /** The characters that an address was spelled in. */
    enum Characters {
        ASCII,
        UTF8
    }

    /** Why an argument was not understood, with what RFC 5321 §4.3.2 would answer. */
    enum Fault {
        /** 501 5.5.4. */
        MISSING_ARGUMENT,
        /** 501 5.5.4. */
        UNEXPECTED_ARGUMENT,
        /** 501 5.5.2: EHLO or HELO with what is neither a name nor an address literal. */
        BAD_CLIENT_NAME,
        /** 501 5.1.7 at MAIL, 501 5.1.3 at RCPT. */
        BAD_PATH,
        /** 553 5.6.7: not ASCII, but no SMTPUTF8 (RFC 6531 §3.5). */
        NEEDS_SMTPUTF8,
        /** 555 5.5.4: a parameter of no extension that was offered (RFC 5321 §4.1.1.11). */
        UNKNOWN_PARAMETER,
        /** 501 5.5.4: a parameter twice, or with a bad value. */
        BAD_PARAMETER
    }
}
