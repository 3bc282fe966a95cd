package io.sekisho.ingress;

import io.quarkus.runtime.configuration.MemorySize;
import io.sekisho.ingress.sender.DnsServer;
import io.sekisho.mail.address.IpNetwork;
import io.sekisho.smtp.path.Mailbox;
import io.sekisho.smtp.path.MailboxDomain;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds at start what is wrong with the configuration, all of it at once. */
final class SettingsCheck {

    private static final long K = 1024;
    private static final long M = 1024 * K;

    private final List<String> faults = new ArrayList<>();

    private SettingsCheck() {}

    /** Sentences that name the key, its value and what it may be; empty where all is well. */
    static List<String> faults(IngressSettings settings) {
        SettingsCheck check = new SettingsCheck();
        IngressSettings.Smtp smtp = settings.smtp();
        check.number("port", smtp.port(), 0, 65_535);
        check.size("size-limit", smtp.sizeLimit(), K, 150 * M);
        check.number("recipient-limit", smtp.recipientLimit(), 100, 10_000);
        check.size("envelope-limit", smtp.envelopeLimit(), 256 * K, M);
        check.number("error-limit", smtp.errorLimit(), 1, 10_000);
        check.number("connection-limit", smtp.connectionLimit(), 1, 100_000);
        check.clientLimits(smtp.clientLimits());
        check.size("content-memory", smtp.contentMemory(), 8 * M, Long.MAX_VALUE);
        check.number("event-places", smtp.eventPlaces(), 2L * smtp.recipientLimit(), 10_000_000);
        check.time("idle-timeout", smtp.idleTimeout(), Duration.ofSeconds(1), Duration.ofHours(1));
        check.time("content-timeout", smtp.contentTimeout(), Duration.ofSeconds(1), Duration.ofHours(24));
        check.time("handshake-timeout", smtp.handshakeTimeout(), Duration.ofSeconds(1), Duration.ofMinutes(5));
        check.time("queue-timeout", smtp.queueTimeout(), Duration.ofSeconds(2), Duration.ofMinutes(1));
        check.time("dns-timeout", smtp.dnsTimeout(), Duration.ofMillis(100), Duration.ofSeconds(30));
        smtp.dnsServers().orElse(List.of()).forEach(check::dnsServer);
        check.time("tls.reload-interval", smtp.tls().reloadInterval(), Duration.ofSeconds(1), Duration.ofDays(1));
        check.networks("no-start-tls", smtp.noStartTls());
        smtp.listeners().forEach((name, listener) -> check.listener(name, listener, smtp));
        check.time("drain-timeout", smtp.drainTimeout(), Duration.ZERO, Duration.ofMinutes(10));
        check.time("max-stale", "sekisho.policy.", settings.policy().maxStale(), Duration.ZERO, Duration.ofDays(1));
        smtp.hostname()
                .filter(name -> MailboxDomain.parse(name).isEmpty())
                .ifPresent(name -> check.faults.add(
                        "sekisho.smtp.hostname is '" + name + "', must be a domain name or an address literal"));
        smtp.postmaster()
                .filter(address -> Mailbox.tryParse(address).isEmpty())
                .ifPresent(address ->
                        check.faults.add("sekisho.smtp.postmaster is '" + address + "', must be local@domain"));
        if (smtp.tls().certificate().isPresent() != smtp.tls().key().isPresent()) {
            check.faults.add("sekisho.smtp.tls.certificate and sekisho.smtp.tls.key must be set both or neither");
        }
        if (smtp.tls().certificate().isEmpty() && !smtp.tls().further().isEmpty()) {
            check.faults.add("sekisho.smtp.tls.further is set, so sekisho.smtp.tls.certificate must be too:"
                    + " it is shown to clients that name no server");
        }
        return check.faults;
    }

    private void number(String key, long value, long least, long most) {
        if (value < least || value > most) {
            faults.add("sekisho.smtp." + key + " is " + value + ", must be " + least + " to " + most);
        }
    }

    private void clientLimits(IngressSettings.ClientLimits limits) {
        number("client-limits.connections", limits.connections(), 0, 100_000);
        number("client-limits.connections-per-minute", limits.connectionsPerMinute(), 0, 10_000_000);
        number("client-limits.messages-per-minute", limits.messagesPerMinute(), 0, 10_000_000);
        number("client-limits.recipients-per-minute", limits.recipientsPerMinute(), 0, 10_000_000);
        number("client-limits.failed-logins-per-minute", limits.failedLoginsPerMinute(), 0, 10_000_000);
        networks("client-limits.exempt", limits.exempt());
    }

    private void listener(String name, IngressSettings.Listener listener, IngressSettings.Smtp smtp) {
        String key = "listeners." + name;
        if (name.equals(Listeners.FIRST) || !name.matches("[A-Za-z0-9-]{1,32}")) {
            faults.add("sekisho.smtp." + key + " must be named by letters, digits and hyphens, and not "
                    + Listeners.FIRST);
        }
        number(key + ".port", listener.port(), 0, 65_535);
        networks(key + ".proxy-networks", listener.proxyNetworks());
        networks(key + ".no-start-tls", listener.noStartTls());
        listener.connectionLimit().ifPresent(limit -> number(key + ".connection-limit", limit, 1, 100_000));
        listener.sizeLimit()
                .ifPresent(limit ->
                        size(key + ".size-limit", limit, K, smtp.sizeLimit().asLongValue()));
        if (listener.mode().isForUsers() && smtp.tls().certificate().isEmpty()) {
            faults.add(
                    "sekisho.smtp." + key + ".mode is " + listener.mode()
                            + ", where users log in inside TLS only: set sekisho.smtp.tls.certificate and sekisho.smtp.tls.key");
        }
        listener.certificate()
                .filter(certificate -> !smtp.tls().further().containsKey(certificate))
                .ifPresent(certificate -> faults.add("sekisho.smtp." + key + ".certificate is '" + certificate
                        + "', must be one of sekisho.smtp.tls.further: "
                        + smtp.tls().further().keySet()));
    }

    private void networks(String key, Optional<List<String>> networks) {
        for (String network : networks.orElse(List.of())) {
            try {
                IpNetwork.parse(network);
            } catch (IllegalArgumentException wrong) {
                faults.add("sekisho.smtp." + key + " has '" + network + "', must be an address or CIDR block");
            }
        }
    }

    private void dnsServer(String server) {
        try {
            DnsServer.parse(server);
        } catch (IllegalArgumentException wrong) {
            faults.add("sekisho.smtp.dns-servers has '" + server + "', must be address or address:port");
        }
    }

    private void size(String key, MemorySize size, long least, long most) {
        number(key, size.asLongValue(), least, most);
    }

    private void time(String key, Duration value, Duration least, Duration most) {
        time(key, "sekisho.smtp.", value, least, most);
    }

    private void time(String key, String prefix, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            faults.add(prefix + key + " is " + value + ", must be " + least + " to " + most);
        }
    }
}
