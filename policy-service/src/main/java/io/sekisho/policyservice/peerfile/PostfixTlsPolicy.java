package io.sekisho.policyservice.peerfile;

import io.sekisho.mail.address.DomainName;
import io.sekisho.mail.address.Peer;
import io.sekisho.mail.policy.Direction;
import io.sekisho.mail.policy.SecurityLevel;
import io.sekisho.mail.policy.TlsVersion;
import io.sekisho.policyservice.warning.Warning;
import io.sekisho.policyservice.warning.WarningCode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A table of {@code smtp_tls_policy_maps} (postconf(5)): outbound peers. {@code example.com} is that domain, {@code .example.com} its subdomains.
 */
public final class PostfixTlsPolicy {
    private static final String SECURE_MATCH = "nexthop:dot-nexthop";

    private PostfixTlsPolicy() {}

    public static List<ReadLine> read(String text) {
        return LogicalLines.of(text).stream().map(PostfixTlsPolicy::line).toList();
    }

    private static ReadLine line(LogicalLines.Line line) {
        try {
            Peer peer = peer(line.key());
            if (line.value().isEmpty()) {
                throw new FileFault("level", "the line has no security level");
            }
            return stated(line.number(), peer, line.value());
        } catch (FileFault fault) {
            return ReadLine.Unreadable.of(line.number(), fault.field(), fault.getMessage());
        }
    }

    /** RFC 5321's recipient domain, which Postfix looks up first; other next hops come from a transport table. */
    private static Peer peer(String key) throws FileFault {
        if (key.isEmpty()) {
            throw new FileFault("line", "begins with white space and continues nothing");
        }
        if (key.startsWith("[") || key.indexOf(':') >= 0) {
            throw new FileFault(
                    "peer",
                    "'" + key
                            + "' is a next hop of a transport table, not a recipient's domain; here the requirement goes by the"
                            + " recipient's domain, whatever host the mail is routed to");
        }
        try {
            return key.startsWith(".")
                    ? new Peer.Subdomains(DomainName.parse(key.substring(1)))
                    : new Peer.Domain(DomainName.parse(key));
        } catch (IllegalArgumentException noDomain) {
            throw new FileFault("peer", noDomain.getMessage());
        }
    }

    private static ReadLine stated(int number, Peer peer, String policy) throws FileFault {
        String[] words = policy.split("[,\\s]+", 2);
        String postfixLevel = words[0].toLowerCase(Locale.ROOT);
        SecurityLevel level = level(postfixLevel);
        PostfixAttributes attributes = PostfixAttributes.read(words.length > 1 ? words[1] : "");
        Warning.Collector warnings = new Warning.Collector();
        attributes
                .ignored()
                .forEach(name -> warnings.add(new Warning(
                        WarningCode.ATTRIBUTE_IGNORED,
                        "line",
                        "'" + name + "' has no counterpart here and was left out.")));
        if (level == SecurityLevel.NEVER) {
            warnings.addIf(
                    attributes.match().isPresent() || attributes.protocols().isPresent(),
                    WarningCode.ATTRIBUTE_IGNORED,
                    "line",
                    "With 'none' Postfix ignores all attributes.");
            return new ReadLine.Stated(number, FilePeer.of(Direction.OUTBOUND, peer, level), warnings.all());
        }
        Optional<TlsVersion> minimum = minimum(attributes);
        List<String> names = names(attributes, postfixLevel, peer, warnings);
        return new ReadLine.Stated(
                number, FilePeer.of(Direction.OUTBOUND, peer, level, minimum, names), warnings.all());
    }

    private static SecurityLevel level(String postfixLevel) throws FileFault {
        return switch (postfixLevel) {
            case "none" -> SecurityLevel.NEVER;
            case "may" -> SecurityLevel.OPPORTUNISTIC;
            case "encrypt" -> SecurityLevel.MANDATORY;
            case "verify", "secure" -> SecurityLevel.VERIFIED;
            case "dane", "dane-only", "half-dane" ->
                throw new FileFault(
                        "level", "'" + postfixLevel + "': DANE is not yet supported; use secure or encrypt");
            case "fingerprint" ->
                throw new FileFault(
                        "level",
                        "'fingerprint': certificates are not pinned by their digest here; use secure with match=");
            default -> throw new FileFault("level", "'" + postfixLevel + "' is not a security level of Postfix");
        };
    }

    private static Optional<TlsVersion> minimum(PostfixAttributes attributes) throws FileFault {
        try {
            return attributes.protocols().flatMap(PostfixProtocols::minimum);
        } catch (IllegalArgumentException fault) {
            throw new FileFault("minimumVersion", fault.getMessage());
        }
    }

    private static List<String> names(
            PostfixAttributes attributes, String postfixLevel, Peer peer, Warning.Collector warnings) throws FileFault {
        boolean secure = postfixLevel.equals("secure");
        if (attributes.match().isPresent() && !secure && !postfixLevel.equals("verify")) {
            throw new FileFault(
                    "certificateNames",
                    "Postfix takes no match= at level '" + postfixLevel + "', and defers such mail");
        }
        Optional<String> match = attributes.match().or(() -> secure ? Optional.of(SECURE_MATCH) : Optional.empty());
        try {
            // Without match=, verify takes the MX host's name, as VERIFIED without names does.
            PostfixMatch.Names names =
                    match.map(list -> PostfixMatch.read(list, peer)).orElse(new PostfixMatch.Names(List.of(), false));
            warnings.addIf(
                    names.widened(),
                    WarningCode.NAMES_OF_SUBDOMAINS,
                    "certificateNames",
                    "Postfix asks each recipient's own domain of the certificate; a peer for all subdomains takes that of any of them.");
            return names.names();
        } catch (IllegalArgumentException fault) {
            throw new FileFault("certificateNames", fault.getMessage());
        }
    }
}
