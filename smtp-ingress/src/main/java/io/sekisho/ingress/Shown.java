package io.sekisho.ingress;

import java.util.Optional;
import java.util.StringJoiner;
import java.util.stream.Collectors;

/** The configuration in one line for the log, its secret masked. */
final class Shown {

    private Shown() {}

    static String of(IngressSettings settings) {
        IngressSettings.Smtp smtp = settings.smtp();
        IngressSettings.Policy policy = settings.policy();
        return new StringJoiner(", ")
                .add("smtp.host: " + smtp.host())
                .add("smtp.port: " + smtp.port())
                .add("smtp.postmaster: " + smtp.postmaster().orElse("-"))
                .add("smtp.tls.certificate: "
                        + smtp.tls().certificate().map(Object::toString).orElse("-"))
                .add("smtp.tls.key: " + smtp.tls().key().map(Object::toString).orElse("-"))
                .add("smtp.tls.reload-interval: " + smtp.tls().reloadInterval())
                .add("smtp.tls.engine: " + smtp.tls().engine())
                .add("smtp.tls.further: " + smtp.tls().further().keySet())
                .add("smtp.client-certificate: " + smtp.clientCertificate())
                .add("smtp.trusted-ca: "
                        + smtp.trustedCa().map(Object::toString).orElse("-"))
                .add("smtp.bare-lf: " + smtp.bareLf())
                .add("smtp.size-limit: " + smtp.sizeLimit().asLongValue())
                .add("smtp.recipient-limit: " + smtp.recipientLimit())
                .add("smtp.envelope-limit: " + smtp.envelopeLimit().asLongValue())
                .add("smtp.no-start-tls: "
                        + smtp.noStartTls().map(Object::toString).orElse("-"))
                .add("smtp.listeners: " + listeners(smtp))
                .add("smtp.sender-domain-check: " + smtp.senderDomainCheck())
                .add("smtp.dns-servers: "
                        + smtp.dnsServers().map(Object::toString).orElse("-"))
                .add("smtp.dns-timeout: " + smtp.dnsTimeout())
                .add("smtp.error-limit: " + smtp.errorLimit())
                .add("smtp.connection-limit: " + smtp.connectionLimit())
                .add("smtp.client-limits: " + clientLimits(smtp.clientLimits()))
                .add("smtp.content-memory: " + smtp.contentMemory().asLongValue())
                .add("smtp.event-places: " + smtp.eventPlaces())
                .add("smtp.idle-timeout: " + smtp.idleTimeout())
                .add("smtp.content-timeout: " + smtp.contentTimeout())
                .add("smtp.handshake-timeout: " + smtp.handshakeTimeout())
                .add("smtp.queue-timeout: " + smtp.queueTimeout())
                .add("smtp.drain-timeout: " + smtp.drainTimeout())
                .add("policy.url: " + policy.url())
                .add("policy.service-key: " + masked(policy.serviceKey()))
                .add("policy.max-stale: " + policy.maxStale())
                .toString();
    }

    private static String listeners(IngressSettings.Smtp smtp) {
        return smtp.listeners().entrySet().stream()
                .map(named -> named.getKey() + "=" + named.getValue().mode() + " "
                        + named.getValue().host() + ":"
                        + named.getValue().port()
                        + named.getValue()
                                .proxyNetworks()
                                .map(networks -> " behind " + networks)
                                .orElse(""))
                .sorted()
                .collect(Collectors.joining("; ", "[", "]"));
    }

    private static String clientLimits(IngressSettings.ClientLimits limits) {
        return new StringJoiner(", ", "[", "]")
                .add("connections: " + limits.connections())
                .add("connections-per-minute: " + limits.connectionsPerMinute())
                .add("messages-per-minute: " + limits.messagesPerMinute())
                .add("recipients-per-minute: " + limits.recipientsPerMinute())
                .add("failed-logins-per-minute: " + limits.failedLoginsPerMinute())
                .add("exempt: " + limits.exempt().map(Object::toString).orElse("-"))
                .add("scope: " + limits.scope())
                .toString();
    }

    private static String masked(Optional<String> secret) {
        return secret.isPresent() ? "(set)" : "-";
    }
}
