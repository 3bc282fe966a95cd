package io.sekisho.smtp.path;

import io.sekisho.mail.address.DomainName;
import io.sekisho.mail.address.IpAddress;
import java.util.Locale;
import java.util.Optional;

/** What stands behind the @ of a mailbox. */
public sealed interface MailboxDomain {

    /** A domain name. */
    record Named(DomainName name) implements MailboxDomain {
        @Override
        public String toString() {
            return name.ascii();
        }
    }

    /** An address literal (RFC 5321 §4.1.3). */
    record Literal(IpAddress address) implements MailboxDomain {
        @Override
        public String toString() {
            return address.isV4() ? "[" + address + "]" : "[IPv6:" + address + "]";
        }
    }

    /** Reads a domain name, or an address literal in its brackets. */
    static Optional<MailboxDomain> parse(String text) {
        if (!text.startsWith("[")) {
            return DomainName.tryParse(text).map(Named::new);
        }
        if (!text.endsWith("]")) {
            return Optional.empty();
        }
        String literal = text.substring(1, text.length() - 1);
        // RFC 5321 §4.1.3: no tag for IPv4; tags other than IPv6 need a registration that nobody has made.
        boolean tagged = literal.toLowerCase(Locale.ROOT).startsWith("ipv6:");
        String address = tagged ? literal.substring("ipv6:".length()) : literal;
        if (tagged == address.indexOf(':') < 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Literal(IpAddress.parse(address)));
        } catch (IllegalArgumentException noAddress) {
            return Optional.empty();
        }
    }
}
