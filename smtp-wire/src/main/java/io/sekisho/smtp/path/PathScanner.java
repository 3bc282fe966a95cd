package io.sekisho.smtp.path;

import io.sekisho.mail.address.DomainName;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Reads one path off the front of a command's argument, left to right. One use. */
final class PathScanner {

    /** RFC 5321 §4.5.3.1.3, brackets included. */
    private static final int MAX_OCTETS = 256;

    /** What was found. */
    sealed interface Result {}

    /** A path; without a mailbox the null path. */
    record Scanned(Optional<Mailbox> mailbox, String rest) implements Result {}

    /** The one forward-path without a domain (RFC 5321 §4.1.1.3). */
    record ScannedPostmaster(String rest) implements Result {}

    record Faulty(PathFault fault) implements Result {}

    private final String text;

    PathScanner(String text) {
        this.text = text;
    }

    Result scan() {
        if (!text.startsWith("<")) {
            return new Faulty(PathFault.NO_ANGLE_BRACKETS);
        }
        if (text.startsWith("<>")) {
            return new Scanned(Optional.empty(), text.substring(2));
        }
        int start = 1;
        if (text.startsWith("@", 1)) {
            start = endOfSourceRoute();
            if (start < 0) {
                return new Faulty(PathFault.SOURCE_ROUTE_MALFORMED);
            }
        }
        int end = endOfLocalPart(start);
        if (end < 0) {
            return new Faulty(PathFault.LOCAL_PART_MALFORMED);
        }
        String localPart = text.substring(start, end);
        if (text.startsWith(">", end) && localPart.equalsIgnoreCase("postmaster")) {
            return new ScannedPostmaster(text.substring(end + 1));
        }
        PathFault fault = LocalPart.fault(localPart);
        return fault == null ? domain(localPart, end) : new Faulty(fault);
    }

    private Result domain(String localPart, int end) {
        int close = text.indexOf('>', end);
        if (close < 0) {
            return new Faulty(PathFault.NO_ANGLE_BRACKETS);
        }
        if (text.charAt(end) != '@') {
            return new Faulty(text.charAt(end) == '>' ? PathFault.DOMAIN_MISSING : PathFault.LOCAL_PART_MALFORMED);
        }
        if (close == end + 1) {
            return new Faulty(PathFault.DOMAIN_MISSING);
        }
        if (text.substring(0, close + 1).getBytes(StandardCharsets.UTF_8).length > MAX_OCTETS) {
            return new Faulty(PathFault.PATH_TOO_LONG);
        }
        return MailboxDomain.parse(text.substring(end + 1, close))
                .<Result>map(
                        domain -> new Scanned(Optional.of(new Mailbox(localPart, domain)), text.substring(close + 1)))
                .orElse(new Faulty(PathFault.DOMAIN_MALFORMED));
    }

    /** The index of what follows the local part; -1 if the argument ends before. */
    private int endOfLocalPart(int start) {
        if (text.startsWith("\"", start)) {
            int end = LocalPart.endOfQuoted(text, start);
            return end == text.length() ? -1 : end;
        }
        int at = start;
        while (at < text.length() && LocalPart.isDotStringCharacter(text.charAt(at))) {
            at++;
        }
        return at == text.length() ? -1 : at;
    }

    // RFC 5321 §4.1.1.3 and appendix C: "@one,@two:" is to be accepted and ignored.
    private int endOfSourceRoute() {
        int colon = text.indexOf(':');
        if (colon < 0) {
            return -1;
        }
        for (String hop : text.substring(1, colon).split(",", -1)) {
            if (!hop.startsWith("@") || DomainName.tryParse(hop.substring(1)).isEmpty()) {
                return -1;
            }
        }
        return colon + 1;
    }
}
