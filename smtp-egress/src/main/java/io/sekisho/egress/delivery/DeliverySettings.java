package io.sekisho.egress.delivery;

import io.sekisho.mail.address.DomainName;
import io.sekisho.mail.address.IpAddress;
import io.sekisho.mail.address.IpNetwork;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the delivery of mail can be told ({@code sekisho.delivery.*}); {@link #of} has the defaults.
 *
 * @param hostname {@code sekisho.delivery.hostname}: the name in EHLO
 * @param ownHostnames {@code sekisho.delivery.own-hostnames}: names by which this gateway stands in MX records, beside
 *     {@code hostname}; mail is never sent to itself or to a less preferred host (RFC 5321 §5.1)
 * @param ownAddresses {@code sekisho.delivery.own-addresses}: public addresses of this gateway, for the same purpose
 * @param routes {@code sekisho.delivery.routes}: {@code pattern=host:port}, pattern exact, {@code *.sub} or {@code *}
 * @param allowedNextHopNetworks {@code sekisho.allowed-next-hop-networks}: which loopback, link-local or private networks
 *     may be connected to
 * @param trustedCa {@code sekisho.delivery.trusted-ca}: PEM; absent: the JDK's
 * @param dnsServers {@code sekisho.delivery.dns-servers}; empty: the system's
 * @param smtpPort {@code sekisho.delivery.smtp-port} of MX hosts, 25
 */
public record DeliverySettings(
        String hostname,
        Set<String> ownHostnames,
        Set<IpAddress> ownAddresses,
        List<String> routes,
        List<IpNetwork> allowedNextHopNetworks,
        Optional<Path> trustedCa,
        List<InetSocketAddress> dnsServers,
        int smtpPort,
        TimeOuts timeOuts,
        Bounds bounds) {

    /** Refuses values that no attempt can be made with. */
    public DeliverySettings {
        if (DomainName.tryParse(hostname).isEmpty()) {
            throw new IllegalArgumentException("sekisho.delivery.hostname: '" + hostname
                    + "' is not a domain name, which EHLO needs (RFC 5321 §4.1.1.1)");
        }
        if (smtpPort < 1 || smtpPort > 65_535) {
            throw new IllegalArgumentException("sekisho.delivery.smtp-port must be 1 to 65535, not " + smtpPort);
        }
        ownHostnames = Set.copyOf(ownHostnames);
        ownAddresses = Set.copyOf(ownAddresses);
        routes = List.copyOf(routes);
        allowedNextHopNetworks = List.copyOf(allowedNextHopNetworks);
        dnsServers = List.copyOf(dnsServers);
    }

    /** The defaults, for a gateway of this name. */
    public static DeliverySettings of(String hostname) {
        return new DeliverySettings(
                hostname,
                Set.of(),
                Set.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                List.of(),
                25,
                TimeOuts.STANDARD,
                Bounds.STANDARD);
    }

    /**
     * How long each step may take ({@code sekisho.delivery.time-outs.*}); see RFC 5321 §4.5.3.2.
     *
     * @param dns of one look-up, retries included
     * @param connect of one TCP connection
     * @param greeting from the connection to the whole 220
     * @param command of EHLO, HELO, STARTTLS, MAIL and RCPT, each
     * @param handshake of TLS
     * @param data of the reply to DATA
     * @param block of the host taking one piece of the content
     * @param finalDot of the reply to the content
     * @param quit of the replies to QUIT and RSET, which nothing waits for
     * @param idle how long a connection is kept for another message
     */
    public record TimeOuts(
            Duration dns,
            Duration connect,
            Duration greeting,
            Duration command,
            Duration handshake,
            Duration data,
            Duration block,
            Duration finalDot,
            Duration quit,
            Duration idle) {

        /** Refuses a time-out that lets nothing happen. */
        public TimeOuts {
            for (Duration limit :
                    List.of(dns, connect, greeting, command, handshake, data, block, finalDot, quit, idle)) {
                if (limit.toMillis() < 1 || limit.compareTo(LONGEST) > 0) {
                    throw new IllegalArgumentException(
                            "sekisho.delivery.time-outs: each must be a millisecond to a day, not " + limit);
                }
            }
        }

        private static final Duration LONGEST = Duration.ofDays(1);

        /** RFC 5321 §4.5.3.2 where it says something. */
        public static final TimeOuts STANDARD = new TimeOuts(
                Duration.ofSeconds(20),
                Duration.ofSeconds(30),
                Duration.ofMinutes(5),
                Duration.ofMinutes(5),
                Duration.ofMinutes(1),
                Duration.ofMinutes(2),
                Duration.ofMinutes(3),
                Duration.ofMinutes(10),
                Duration.ofSeconds(10),
                Duration.ofSeconds(5));
    }

    /**
     * What one attempt may cost ({@code sekisho.delivery.bounds.*}).
     *
     * @param hosts tried in one attempt
     * @param addressesPerHost tried of each
     * @param attempt time after which no further host is begun and no content is gone on with; the wait for the reply to
     *     the content is not cut short by it (a message may double otherwise)
     * @param dnsCacheEntries kept
     * @param messagesPerConnection after which it is not kept for another; 1 keeps none
     */
    public record Bounds(
            int hosts, int addressesPerHost, Duration attempt, int dnsCacheEntries, int messagesPerConnection) {

        /** Refuses bounds that let nothing happen. */
        public Bounds {
            if (hosts < 1
                    || addressesPerHost < 1
                    || attempt.toMillis() < 1
                    || dnsCacheEntries < 1
                    || messagesPerConnection < 1) {
                throw new IllegalArgumentException("sekisho.delivery.bounds: each must be at least 1");
            }
        }

        public static final Bounds STANDARD = new Bounds(5, 4, Duration.ofMinutes(30), 10_000, 100);
    }
}
