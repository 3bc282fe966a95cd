package io.sekisho.bench.postfix;

/** What it does with mail that it has taken. */
public sealed interface PostfixRole {

    /** {@code main.cf} lines. */
    String configuration();

    /** Puts it on hold, so that nothing but taking it is measured. */
    record Holding() implements PostfixRole {
        @Override
        public String configuration() {
            return "smtpd_recipient_restrictions = check_client_access static:HOLD, permit_mynetworks, reject\n";
        }
    }

    /** Delivers all of it to a port of loopback, TLS as offered there. */
    record Relaying(int port) implements PostfixRole {
        @Override
        public String configuration() {
            return """
                    smtpd_recipient_restrictions = permit_mynetworks, reject
                    relayhost = [127.0.0.1]:%d
                    smtp_tls_security_level = may
                    """.formatted(port);
        }
    }
}
