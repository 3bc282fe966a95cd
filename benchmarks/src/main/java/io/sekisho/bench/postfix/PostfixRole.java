package io.sekisho.bench.postfix;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

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

    /**
     * Delivers all of it into one Maildir, a file for each recipient.
     *
     * @param base of the Maildir, which belongs to the user {@code nobody}
     */
    record Keeping(Path base) implements PostfixRole {

        private static final String USER = "nobody";

        /** Makes the directory below one that every user may enter. */
        public static Keeping in(Path parent) throws IOException {
            Path base = Files.createDirectory(parent.resolve("mailboxes"));
            Files.setOwner(
                    base, base.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(USER));
            return new Keeping(base);
        }

        public Path maildir() {
            return base.resolve("all");
        }

        // No rewriting of headers, whoever the client is: what came is what is kept.
        @Override
        public String configuration() {
            return """
                    smtpd_recipient_restrictions = permit_mynetworks, reject
                    local_header_rewrite_clients =
                    message_size_limit = 100000000
                    virtual_mailbox_limit = 0
                    virtual_mailbox_domains = static:all
                    virtual_mailbox_base = %s
                    virtual_mailbox_maps = static:all/
                    virtual_minimum_uid = 1
                    virtual_uid_maps = static:65534
                    virtual_gid_maps = static:65534
                    """.formatted(base);
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
