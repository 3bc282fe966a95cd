package io.sekisho.ingress.listener;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sekisho.ingress.metrics.IngressMetrics;
import io.sekisho.ingress.recipient.Postmaster;
import io.sekisho.ingress.recipient.RecipientPolicy;
import io.sekisho.ingress.session.Reception;
import io.sekisho.ingress.session.SenderDomain;
import io.sekisho.ingress.session.SessionLimits;
import io.sekisho.ingress.session.StartTlsOffer;
import io.sekisho.mail.address.DomainName;
import io.sekisho.mail.address.IpNetwork;
import io.sekisho.mail.address.Peer;
import io.sekisho.mail.event.PolicySource;
import io.sekisho.mail.policy.CompiledDomain;
import io.sekisho.mail.policy.Direction;
import io.sekisho.mail.policy.DomainDefault;
import io.sekisho.mail.policy.OutboundProtection;
import io.sekisho.mail.policy.PeerRule;
import io.sekisho.mail.policy.PolicyRevision;
import io.sekisho.mail.policy.SecurityLevel;
import io.sekisho.mail.policy.TlsSetting;
import io.sekisho.mail.policy.TlsVersion;
import io.sekisho.policyclient.PolicyState;
import io.sekisho.policyclient.match.PolicyTable;
import io.sekisho.smtp.tls.ServerTls;
import io.sekisho.smtp.tls.TlsIdentity;
import io.sekisho.testkit.certificate.KeyKind;
import io.sekisho.testkit.certificate.LeafRequest;
import io.sekisho.testkit.certificate.TestCertificates;
import io.sekisho.testkit.certificate.TestIdentity;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The real listener on a free port, with queue and events in the test's hands. The test's client, 127.0.0.1, is a relay
 * source of {@code own.example}; {@code open.example} takes everything, {@code strict.example} wants TLS, {@code
 * modern.example} wants TLSv1.3.
 */
final class RunningListener implements AutoCloseable {

    static final SessionLimits LIMITS = new SessionLimits(1024 * 1024, 100, 1024 * 1024, 8, 100);

    final Vertx vertx = Vertx.vertx();
    final HeldQueue queue = new HeldQueue();
    final HeldEvents events = new HeldEvents();
    volatile PolicyState policy = usable();
    volatile TlsVersion floor = TlsVersion.DEFAULT_MINIMUM;

    private final Optional<ServerTls> tls;
    private final MailListener listener;

    private RunningListener(
            Optional<TestIdentity> identity, int connections, Duration idle, List<IpNetwork> balancers) {
        tls = identity.map(pair -> new ServerTls(new TlsIdentity(pair.key(), pair.chain())));
        Reception reception = new Reception(
                "gw.example",
                tls.isPresent() ? StartTlsOffer.toEverybody() : StartTlsOffer.toNobody(),
                LIMITS,
                new RecipientPolicy(() -> policy, new Postmaster(Optional.empty(), "gw.open.example")),
                Reception.SenderCheck.ON,
                InstantSource.system());
        listener = new MailListener(
                vertx,
                new ListenerSettings("mx", "127.0.0.1", 0, balancers, connections, idle, idle, Duration.ofSeconds(5)),
                new SessionServices(
                        reception,
                        () -> tls,
                        client -> floor,
                        RunningListener::senderDomain,
                        queue,
                        events,
                        new IngressMetrics(new SimpleMeterRegistry())));
        listener.open().await().atMost(Duration.ofSeconds(10));
    }

    static RunningListener start() {
        // RSA, which the suites of TLS below 1.2 need.
        return new RunningListener(
                Optional.of(TestCertificates.selfSigned(
                        LeafRequest.named("gw.example").withKey(KeyKind.RSA))),
                100,
                Duration.ofMinutes(1),
                List.of());
    }

    /** With TLS, for the balancers of this block. */
    static RunningListener behind(String balancers) {
        return new RunningListener(
                Optional.of(TestCertificates.selfSigned(
                        LeafRequest.named("gw.example").withKey(KeyKind.RSA))),
                100,
                Duration.ofMinutes(1),
                List.of(IpNetwork.parse(balancers)));
    }

    static RunningListener withoutKey() {
        return new RunningListener(Optional.empty(), 100, Duration.ofMinutes(1), List.of());
    }

    static RunningListener with(int connections, Duration idle) {
        return new RunningListener(Optional.empty(), connections, idle, List.of());
    }

    MailListener listener() {
        return listener;
    }

    int port() {
        return listener.port();
    }

    void reset() {
        queue.reset();
        events.reset();
        policy = usable();
        floor = TlsVersion.DEFAULT_MINIMUM;
    }

    @Override
    public void close() {
        listener.close().await().atMost(Duration.ofSeconds(10));
        vertx.close().toCompletionStage().toCompletableFuture().join();
        tls.ifPresent(ServerTls::close);
    }

    /** {@code absent.example} does not exist, {@code quiet.example} takes no mail, all others do. */
    private static Uni<SenderDomain> senderDomain(DomainName domain) {
        SenderDomain known = switch (domain.ascii()) {
            case "absent.example" -> SenderDomain.DOES_NOT_EXIST;
            case "quiet.example" -> SenderDomain.TAKES_NO_MAIL;
            default -> SenderDomain.TAKES_MAIL;
        };
        // On another thread, as DNS answers.
        return Uni.createFrom().completionStage(() -> CompletableFuture.supplyAsync(() -> known));
    }

    private static PolicyState usable() {
        PolicyRevision revision = new PolicyRevision("e", 1);
        OutboundProtection own =
                new OutboundProtection(true, List.of(IpNetwork.parse("127.0.0.1")), TlsSetting.OPPORTUNISTIC, false);
        return new PolicyState.Usable(
                PolicyTable.of(
                        List.of(
                                domain("open.example", revision, OutboundProtection.DISABLED, Optional.empty()),
                                domain("日本.example", revision, OutboundProtection.DISABLED, Optional.empty()),
                                domain("own.example", revision, own, Optional.empty()),
                                domain("strict.example", revision, OutboundProtection.DISABLED, mandatory()),
                                domain(
                                        "modern.example",
                                        revision,
                                        OutboundProtection.DISABLED,
                                        Optional.empty(),
                                        new PeerRule(
                                                "rule-modern",
                                                Direction.INBOUND,
                                                Peer.parse("127.0.0.0/8"),
                                                SecurityLevel.MANDATORY,
                                                Optional.of(TlsVersion.TLSV1_3),
                                                Optional.empty(),
                                                Optional.empty(),
                                                List.of(),
                                                false))),
                        revision),
                PolicySource.STREAM);
    }

    private static Optional<DomainDefault> mandatory() {
        return Optional.of(
                new DomainDefault(SecurityLevel.MANDATORY, Optional.empty(), Optional.empty(), Optional.empty()));
    }

    private static CompiledDomain domain(
            String name,
            PolicyRevision revision,
            OutboundProtection outbound,
            Optional<DomainDefault> inboundDefault,
            PeerRule... peers) {
        return new CompiledDomain(
                DomainName.parse(name),
                revision,
                false,
                List.of(),
                TlsSetting.OPPORTUNISTIC,
                outbound,
                inboundDefault,
                Optional.empty(),
                List.of(peers),
                List.of());
    }
}
