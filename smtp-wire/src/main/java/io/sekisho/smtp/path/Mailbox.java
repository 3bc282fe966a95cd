package io.sekisho.smtp.path;

import io.sekisho.mail.address.DomainName;
import java.util.Optional;

/**
 * An address of the envelope. It cannot hold anything that would end a command: it is made by the path parser only.
 *
 * @param localPart exactly as it was given, quotes included; it belongs to the receiving domain, which alone knows
 *     which spellings are equal (RFC 5321 §2.3.11)
 */
public record Mailbox(String localPart, MailboxDomain domain) {

    public Mailbox {
        PathFault fault = LocalPart.fault(localPart);
        if (fault != null) {
            throw new IllegalArgumentException("'" + localPart + "' is no local part: " + fault.reason());
        }
    }

    /** Reads {@code local@domain} without angle brackets. */
    public static Optional<Mailbox> tryParse(String text) {
        boolean sourceRoute = text.startsWith("@");
        return !sourceRoute
                        && new PathScanner("<" + text + ">").scan()
                                instanceof PathScanner.Scanned(var mailbox, var rest)
                        && rest.isEmpty()
                ? mailbox
                : Optional.empty();
    }

    /** The domain's name; empty for an address literal. */
    public Optional<DomainName> domainName() {
        return domain instanceof MailboxDomain.Named(DomainName name) ? Optional.of(name) : Optional.empty();
    }

    /** True if the address can go only to a server that offers SMTPUTF8 (RFC 6531 §3.3). */
    public boolean needsSmtpUtf8() {
        return localPart.chars().anyMatch(c -> c >= 0x80);
    }

    /** {@code local@domain}, the domain in A-labels. */
    @Override
    public String toString() {
        return localPart + "@" + domain;
    }
}
