package io.sekisho.ingress.listener;

import io.sekisho.ingress.event.EventLog;
import io.sekisho.ingress.metrics.IngressMetrics;
import io.sekisho.ingress.queue.MailQueue;
import io.sekisho.ingress.sender.SenderDomains;
import io.sekisho.ingress.session.Reception;
import io.sekisho.mail.address.IpAddress;
import io.sekisho.mail.policy.TlsVersion;
import io.sekisho.smtp.tls.ServerTls;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What the effects of a session need.
 *
 * @param tls for a session that begins now; empty where the listener has no key
 * @param tlsFloor the lowest version that a client's handshake may have
 */
public record SessionServices(
        Reception reception,
        Supplier<Optional<ServerTls>> tls,
        Function<IpAddress, TlsVersion> tlsFloor,
        SenderDomains senders,
        MailQueue queue,
        EventLog events,
        IngressMetrics metrics) {}
