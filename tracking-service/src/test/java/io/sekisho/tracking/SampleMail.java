package io.sekisho.tracking;

import io.sekisho.mail.address.DomainName;
import io.sekisho.mail.address.IpAddress;
import io.sekisho.mail.envelope.MessageIds;
import io.sekisho.mail.envelope.Upstream;
import io.sekisho.mail.event.Authentication;
import io.sekisho.mail.event.EventKind;
import io.sekisho.mail.event.Hop;
import io.sekisho.mail.event.MailEvent;
import io.sekisho.mail.event.MessageFacts;
import io.sekisho.mail.json.WireJson;
import io.sekisho.mail.policy.Direction;
import io.sekisho.mail.tls.CertificateFacts;
import io.sekisho.mail.tls.TlsFacts;
import io.sekisho.tracking.store.TrackedEvent;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** A message for one recipient, and the events that are told about it. */
public record SampleMail(MessageFacts facts) {

    /** An inbound message of today, with a domain that no other test knows. */
    public static SampleMail inbound() {
        return inbound(now(), newDomain());
    }

    public static SampleMail inbound(Instant receivedAt, DomainName domain) {
        return new SampleMail(new MessageFacts(
                MessageIds.at(receivedAt),
                receivedAt,
                Direction.INBOUND,
                List.of(domain),
                "alice@partner.example",
                "bob@" + domain,
                Optional.of("Greetings"),
                Optional.of("<" + UUID.randomUUID() + "@partner.example>"),
                1_234,
                upstream("192.0.2.9", tls("TLSv1.3"))));
    }

    public static DomainName newDomain() {
        return DomainName.parse("d" + UUID.randomUUID().toString().replace("-", "") + ".example");
    }

    public static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS);
    }

    public static Upstream upstream(String clientAddress, TlsFacts tls) {
        return new Upstream(
                Optional.of(IpAddress.parse(clientAddress)),
                Optional.of("mail.partner.example"),
                Optional.of("mx"),
                tls,
                Optional.empty());
    }

    public static TlsFacts tls(String protocol) {
        return protocol.equals(TlsFacts.PLAIN)
                ? TlsFacts.NONE
                : new TlsFacts(
                        protocol,
                        Optional.of("TLS_AES_256_GCM_SHA384"),
                        Optional.of("X25519MLKEM768"),
                        Optional.of(new CertificateFacts(
                                "CN=mx.partner.example",
                                "CN=Test CA",
                                "ab".repeat(32),
                                Instant.parse("2030-01-01T00:00:00Z"))));
    }

    public static Hop hop(String host, TlsFacts tls) {
        return new Hop(host, Optional.of("192.0.2.25"), 25, tls, Authentication.NONE, Optional.empty());
    }

    public static TrackedEvent tracked(MailEvent event) {
        return TrackedEvent.of(event, WireJson.string(event));
    }

    public static List<TrackedEvent> tracked(MailEvent... events) {
        return Arrays.stream(events).map(SampleMail::tracked).toList();
    }

    /** An event so many seconds after reception. */
    public MailEvent event(EventKind kind, int attempt, int seconds) {
        return MailEvent.of(kind, facts.receivedAt().plusSeconds(seconds), facts, attempt);
    }

    public MailEvent received() {
        return event(EventKind.RECEIVED, 0, 0);
    }

    public MailEvent queued() {
        return event(EventKind.QUEUED, 0, 1);
    }

    public MailEvent delivered(String tls) {
        return event(EventKind.DELIVERED, 1, 2)
                .withHop(hop("mx." + facts.managedDomains().get(0), tls(tls)));
    }

    public UUID id() {
        return facts.id();
    }

    public DomainName domain() {
        return facts.managedDomains().get(0);
    }

    public SampleMail direction(Direction direction) {
        return with(
                direction,
                facts.managedDomains(),
                facts.sender(),
                facts.recipient(),
                facts.subject(),
                facts.upstream());
    }

    public SampleMail domains(DomainName... domains) {
        return with(
                facts.direction(),
                List.of(domains),
                facts.sender(),
                facts.recipient(),
                facts.subject(),
                facts.upstream());
    }

    public SampleMail sender(String sender) {
        return with(
                facts.direction(),
                facts.managedDomains(),
                sender,
                facts.recipient(),
                facts.subject(),
                facts.upstream());
    }

    /** The same message for another recipient. */
    public SampleMail recipient(String recipient) {
        return with(
                facts.direction(),
                facts.managedDomains(),
                facts.sender(),
                recipient,
                facts.subject(),
                facts.upstream());
    }

    public SampleMail subject(String subject) {
        return with(
                facts.direction(),
                facts.managedDomains(),
                facts.sender(),
                facts.recipient(),
                Optional.of(subject),
                facts.upstream());
    }

    public SampleMail upstream(Upstream upstream) {
        return with(
                facts.direction(),
                facts.managedDomains(),
                facts.sender(),
                facts.recipient(),
                facts.subject(),
                upstream);
    }

    /** As the recipient is refused at RCPT: nothing is known of the content. */
    public SampleMail beforeContent() {
        return new SampleMail(new MessageFacts(
                facts.id(),
                facts.receivedAt(),
                facts.direction(),
                facts.managedDomains(),
                facts.sender(),
                facts.recipient(),
                Optional.empty(),
                Optional.empty(),
                0,
                facts.upstream()));
    }

    private SampleMail with(
            Direction direction,
            List<DomainName> domains,
            String sender,
            String recipient,
            Optional<String> subject,
            Upstream upstream) {
        return new SampleMail(new MessageFacts(
                facts.id(),
                facts.receivedAt(),
                direction,
                domains,
                sender,
                recipient,
                subject,
                facts.messageId(),
                facts.size(),
                upstream));
    }
}
