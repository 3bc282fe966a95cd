package io.sekisho.policyservice.peerfile;

import io.sekisho.mail.address.DomainName;
import io.sekisho.mail.address.Peer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The names that a certificate may carry (postconf(5), smtp_tls_verify_cert_match): {@code hostname}, {@code nexthop},
 * {@code dot-nexthop}, {@code example.com}, {@code .example.com} (any subdomain). The next hop is the recipient's domain.
 */
final class PostfixMatch {
    private PostfixMatch() {}

    /**
     * What the names become.
     *
     * @param names empty: the name of the MX host
     * @param widened where the recipient's own domain became any subdomain, since the peer names no single one
     */
    record Names(List<String> names, boolean widened) {}

    /**
     * Reads a list.
     *
     * @throws IllegalArgumentException where it is none of Postfix', or cannot be said here
     */
    static Names read(String list, Peer peer) {
        List<String> names = new ArrayList<>();
        boolean host = false;
        boolean widened = false;
        for (String item : list.split(":", -1)) {
            switch (item.toLowerCase(Locale.ROOT)) {
                case "hostname" -> host = true;
                case "nexthop" -> {
                    add(names, peer.text());
                    widened |= peer instanceof Peer.Subdomains;
                }
                case "dot-nexthop" -> add(names, peer instanceof Peer.Subdomains ? peer.text() : "*." + peer.text());
                // Between two colons; Postfix takes it for nothing.
                case "" -> {}
                default -> add(names, name(item));
            }
        }
        if (!host && names.isEmpty()) {
            throw new IllegalArgumentException("'match=' names nothing, which Postfix does not take");
        }
        if (host && !names.isEmpty()) {
            throw new IllegalArgumentException("'match=" + list
                    + "' takes the MX host's name or others; here it is the MX host's, or names that are listed");
        }
        return new Names(List.copyOf(names), widened);
    }

    private static void add(List<String> names, String name) {
        if (!names.contains(name)) {
            names.add(name);
        }
    }

    private static String name(String item) {
        return item.startsWith(".")
                ? "*." + DomainName.parse(item.substring(1))
                : DomainName.parse(item).ascii();
    }
}
