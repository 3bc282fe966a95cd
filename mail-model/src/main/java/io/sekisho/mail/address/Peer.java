package io.sekisho.mail.address;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** The other side of a delivery, as an administrator names it: a domain, its subdomains, or a block of addresses. */
public sealed interface Peer {

    /** The one spelling in which a peer is stored, compared and shown. */
    @JsonValue
    String text();

    /** {@code example.com}: this domain only. */
    record Domain(DomainName name) implements Peer {
        @Override
        public String text() {
            return name.ascii();
        }

        @Override
        public String toString() {
            return text();
        }
    }

    /** {@code *.example.com}: any subdomain at any depth, not the apex. */
    record Subdomains(DomainName apex) implements Peer {
        @Override
        public String text() {
            return "*." + apex.ascii();
        }

        @Override
        public String toString() {
            return text();
        }
    }

    /** {@code 192.0.2.0/24}, {@code 2001:db8::1}: a block, or one address. */
    record Address(IpNetwork network) implements Peer {
        @Override
        public String text() {
            return network.toString();
        }

        @Override
        public String toString() {
            return text();
        }
    }

    /**
     * Reads a peer in any accepted spelling.
     *
     * @throws IllegalArgumentException saying what is wrong, where the text names no peer
     */
    @JsonCreator
    static Peer parse(String text) {
        String trimmed = text.strip();
        if (trimmed.startsWith("*.")) {
            return new Subdomains(DomainName.parse(trimmed.substring(2)));
        }
        if (looksLikeAddress(trimmed)) {
            return new Address(IpNetwork.parse(trimmed));
        }
        return new Domain(DomainName.parse(trimmed));
    }

    private static boolean looksLikeAddress(String text) {
        return text.indexOf(':') >= 0 || text.indexOf('/') >= 0 || text.matches("[0-9.]+");
    }
}
