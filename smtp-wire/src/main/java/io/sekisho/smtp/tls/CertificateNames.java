package io.sekisho.smtp.tls;

import io.sekisho.mail.address.DomainName;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Matching of DNS names (RFC 9525 §6.3). The subject's CN is never looked at (RFC 9525 §2), and no address: mail peers
 * are known by name.
 */
final class CertificateNames {

    private static final int DNS_NAME = 2;
    private static final String WILDCARD = "*.";

    // A peer may send names of 90 KB, and they stand in each event about each recipient.
    private static final int LONGEST_SHOWN = 998;

    private CertificateNames() {}

    /** As much of a text made of a peer's names as an event should hold. */
    static String cut(String text) {
        // By code point: half a surrogate pair is no text that JSON could hold.
        return text.codePointCount(0, text.length()) <= LONGEST_SHOWN
                ? text
                : text.substring(0, text.offsetByCodePoints(0, LONGEST_SHOWN));
    }

    /** The dNSName entries of subjectAltName, as they stand there; none if the extension is absent or malformed. */
    static List<String> presented(X509Certificate certificate) {
        List<String> names = new ArrayList<>();
        try {
            Collection<List<?>> entries = certificate.getSubjectAlternativeNames();
            if (entries != null) {
                for (List<?> entry : entries) {
                    if (entry.get(0) instanceof Integer type && type == DNS_NAME) {
                        names.add((String) entry.get(1));
                    }
                }
            }
        } catch (CertificateParsingException malformed) {
            return List.of();
        }
        return names;
    }

    /**
     * The first presented name that matches a wanted one.
     *
     * @param wanted domain names; {@code *.example.com} wants any name below, at any depth, as it does for peers
     */
    static Optional<String> match(List<String> presented, List<String> wanted) {
        return presented.stream()
                .filter(name -> wanted.stream().anyMatch(want -> matches(name, want)))
                .findFirst();
    }

    private static boolean matches(String presented, String wanted) {
        if (wanted.startsWith(WILDCARD)) {
            Optional<DomainName> apex = DomainName.tryParse(wanted.substring(WILDCARD.length()));
            String name = presented.startsWith(WILDCARD) ? "x" + presented.substring(1) : presented;
            return apex.isPresent()
                    && DomainName.tryParse(name)
                            .filter(domain -> domain.isBelow(apex.get()))
                            .isPresent();
        }
        Optional<DomainName> name = DomainName.tryParse(wanted);
        if (name.isEmpty()) {
            return false;
        }
        if (!presented.startsWith(WILDCARD)) {
            return DomainName.tryParse(presented).equals(name);
        }
        // RFC 9525 §6.3: the wildcard is the whole left-most label and stands for exactly one. "*.com" is for nobody.
        Optional<DomainName> parent = name.get().parent();
        return parent.isPresent()
                && parent.get().parent().isPresent()
                && DomainName.tryParse(presented.substring(WILDCARD.length())).equals(parent);
    }
}
