package io.sekisho.ingress.listener;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sekisho.ingress.limit.ClientLimits;
import io.sekisho.ingress.metrics.IngressMetrics;
import io.sekisho.ingress.recipient.Postmaster;
import io.sekisho.ingress.recipient.RecipientPolicy;
import io.sekisho.ingress.session.ListenerMode;
import io.sekisho.ingress.session.ListenerRules;
import io.sekisho.ingress.session.Reception;
import io.sekisho.ingress.session.SenderDomain;
import io.sekisho.ingress.session.SessionLimits;
import io.sekisho.ingress.session.StartTlsOffer;
import io.sekisho.ingress.submission.CompiledUsers;
import io.sekisho.mail.access.SecretHash;
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
import io.sekisho.mail.policy.SubmissionCredential;
import io.sekisho.mail.policy.TlsSetting;
import io.sekisho.mail.policy.TlsVersion;
import io.sekisho.policyclient.PolicyState;
import io.sekisho.policyclient.match.PolicyTable;
import io.sekisho.smtp.content.BareLf;
import io.sekisho.smtp.tls.CertificateJudge;
import io.sekisho.smtp.tls.ServerTls;
import io.sekisho.smtp.tls.TlsIdentity;
import io.sekisho.smtp.tls.TrustAnchors;
import io.sekisho.testkit.certificate.KeyKind;
import io.sekisho.testkit.certificate.LeafRequest;
import io.sekisho.testkit.certificate.TestAuthority;
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
 * modern.example} wants TLSv1.3, {@code verified.example} wants partner.example's certificate.
 */
final class RunningListener implements AutoCloseable {

    static final String SECRET_OF_ANNA = "sc_h4v9m2xq7kd3tz8wn5rbj6ycg2apf4eu";

    static final SessionLimits LIMITS = new SessionLimits(1024 * 1024, 100, 1024 * 1024, 8, 100);

    final Vertx vertx = Vertx.vertx();
    final HeldQueue queue = new HeldQueue();
    final HeldEvents events = new HeldEvents();
    final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    final IngressMetrics metrics = new IngressMetrics(registry);
    volatile PolicyState policy = usable();
    volatile TlsVersion floor = TlsVersion.DEFAULT_MINIMUM;

    /** The places of the whole process. */
    final ConnectionPlaces process;

    private final Optional<ServerTls> tls;
    private final MailListener listener;

    /** What a test may want otherwise than usual. */
    record Setup(
            Optional<TestIdentity> identity,
            ListenerMode mode,
            BareLf bareLf,
            int connections,
            Duration idle,
            List<IpNetwork> balancers,
            Optional<TestAuthority> trusted) {

        /** An RSA certificate, which the suites of TLS below 1.2 need. */
        static final Setup USUAL = new Setup(
                Optional.of(TestCertificates.selfSigned(
                        LeafRequest.named("gw.example").withKey(KeyKind.RSA))),
                ListenerMode.MX,
                BareLf.REJECT,
                100,
                Duration.ofMinutes(1),
                List.of(),
                Optional.empty());

        Setup in(ListenerMode other) {
            return new Setup(identity, other, bareLf, connections, idle, balancers, trusted);
        }

        Setup with(BareLf other) {
            return new Setup(identity, mode, other, connections, idle, balancers, trusted);
        }

        Setup withoutKey() {
            return new Setup(Optional.empty(), mode, bareLf, connections, idle, balancers, trusted);
        }

        Setup behind(String block) {
            return new Setup(identity, mode, bareLf, connections, idle, List.of(IpNetwork.parse(block)), trusted);
        }

        Setup bounded(int most, Duration time) {
            return new Setup(identity, mode, bareLf, most, time, balancers, trusted);
        }

        /** Clients are asked for certificates of this authority. */
        Setup trusting(TestAuthority authority) {
            return new Setup(identity, mode, bareLf, connections, idle, balancers, Optional.of(authority));
        }
    }

    static RunningListener of(Setup setup) {
        return of(setup, ClientLimits.NONE);
    }

    static RunningListener of(Setup setup, ClientLimits clients) {
        return new RunningListener(setup, clients);
    }

    private RunningListener(Setup setup, ClientLimits clients) {
        process = new ConnectionPlaces(setup.connections());
        tls = setup.identity().map(pair -> new ServerTls(new TlsIdentity(pair.key(), pair.chain())));
        StartTlsOffer offer = tls.isPresent() ? StartTlsOffer.toEverybody() : StartTlsOffer.toNobody();
        Reception reception = new Reception(
                "gw.example",
                new ListenerRules(setup.mode(), offer, ListenerRules.SenderCheck.ON, setup.bareLf()),
                LIMITS,
                new RecipientPolicy(() -> policy, new Postmaster(Optional.empty(), "gw.open.example")),
                new CompiledUsers(() -> policy),
                clients,
                InstantSource.system());
        listener = new MailListener(
                vertx,
                new ListenerSettings(
                        "mx",
                        "127.0.0.1",
                        0,
                        setup.balancers(),
                        new ConnectionPlaces(setup.connections()),
                        setup.idle(),
                        setup.idle(),
                        Duration.ofSeconds(5)),
                reception,
                new ListenerTls(
                        () -> tls,
                        Optional.empty(),
                        client -> floor,
                        () -> setup.trusted().isPresent(),
                        new CertificateJudge(TrustAnchors.of(setup.trusted()
                                .map(authority -> List.of(authority.certificate()))
                                .orElse(List.of())))),
                new SessionServices(process, RunningListener::senderDomain, queue, events, metrics));
        metrics.show("connections.open", listener::connections);
        listener.open().await().atMost(Duration.ofSeconds(10));
    }

    static RunningListener start() {
        return of(Setup.USUAL);
    }

    /** With TLS, for the balancers of this block. */
    static RunningListener behind(String balancers) {
        return of(Setup.USUAL.behind(balancers));
    }

    static RunningListener withoutKey() {
        return of(Setup.USUAL.withoutKey());
    }

    static RunningListener with(int connections, Duration idle) {
        return of(Setup.USUAL.withoutKey().bounded(connections, idle));
    }

    MailListener listener() {
        return listener;
    }

    int port() {
        return listener.port();
    }

    /** What the counters of a name, and of these tags, have counted in all. */
    double counted(String name, String... tags) {
        return registry.find("sekisho.ingress." + name).tags(tags).counters().stream()
                .mapToDouble(Counter::count)
                .sum();
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
                                withUsers(domain("own.example", revision, own, Optional.empty())),
                                domain(
                                        "verified.example",
                                        revision,
                                        OutboundProtection.DISABLED,
                                        Optional.empty(),
                                        new PeerRule(
                                                "rule-verified",
                                                Direction.INBOUND,
                                                Peer.parse("partner.example"),
                                                SecurityLevel.VERIFIED,
                                                Optional.empty(),
                                                Optional.empty(),
                                                Optional.empty(),
                                                List.of(),
                                                false)),
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

    private static CompiledDomain withUsers(CompiledDomain domain) {
        return new CompiledDomain(
                domain.domain(),
                domain.revision(),
                false,
                domain.nextHops(),
                domain.nextHopTls(),
                domain.outbound(),
                domain.inboundDefault(),
                domain.outboundDefault(),
                domain.peers(),
                List.of(new SubmissionCredential("cred-1", "anna@own.example", SecretHash.of(SECRET_OF_ANNA))));
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
