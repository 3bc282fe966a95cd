package io.sekisho.egress.alert;

import io.sekisho.egress.event.EventPublisher;
import io.sekisho.mail.event.Authentication;
import io.sekisho.mail.event.EventKind;
import io.sekisho.mail.event.Hop;
import io.sekisho.mail.event.MailEvent;
import io.sekisho.mail.tls.CertificateFacts;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Sees certificates that expire soon in the events of deliveries: those by which a host was authenticated. What is not judged
 * may be as old as it likes.
 *
 * <p>Thread safety: all methods; nothing waits.
 */
public final class CertificateWatch implements EventPublisher {

    private static final int REMEMBERED_AT_MOST = 500;

    private final EventPublisher publisher;
    private final Duration remaining;
    private final Clock clock;
    private final Map<String, AlertFact> seen = new ConcurrentHashMap<>();

    /**
     * @param publisher that really publishes
     * @param remaining the life of a certificate below which it is noted
     */
    public CertificateWatch(EventPublisher publisher, Duration remaining, Clock clock) {
        this.publisher = publisher;
        this.remaining = remaining;
        this.clock = clock;
    }

    @Override
    public Uni<Void> publish(List<MailEvent> events) {
        events.stream()
                .filter(event -> event.kind() == EventKind.DELIVERED)
                .flatMap(event -> event.hop().stream())
                .filter(hop -> hop.authentication() != Authentication.NONE)
                .forEach(this::look);
        return publisher.publish(events);
    }

    private void look(Hop hop) {
        hop.tls()
                .certificate()
                .filter(certificate ->
                        certificate.notAfter().isBefore(clock.instant().plus(remaining)))
                .filter(soon -> seen.size() < REMEMBERED_AT_MOST || seen.containsKey(hop.host()))
                .ifPresent(soon -> seen.put(hop.host(), fact(hop, soon)));
    }

    private static AlertFact fact(Hop hop, CertificateFacts certificate) {
        return new AlertFact(
                AlertCause.CERTIFICATE_EXPIRES,
                hop.host(),
                certificate.notAfter(),
                "subject " + certificate.subject() + ", issuer " + certificate.issuer() + ", SHA-256 "
                        + certificate.sha256());
    }

    /** What was seen since the last time. */
    List<AlertFact> take() {
        List<AlertFact> taken = List.copyOf(seen.values());
        taken.forEach(fact -> seen.remove(fact.subject(), fact));
        return taken;
    }
}
