package io.sekisho.ingress;

import io.sekisho.ingress.certificate.CertificateWatch;
import io.sekisho.ingress.certificate.Certificates;
import io.sekisho.ingress.certificate.WatchedCertificate;
import io.sekisho.ingress.listener.ListenerTls;
import io.sekisho.ingress.listener.ListenerTls.CertificateRequest;
import io.sekisho.ingress.log.LogKey;
import io.sekisho.ingress.log.LogLine;
import io.sekisho.mail.address.IpAddress;
import io.sekisho.mail.policy.TlsVersion;
import io.sekisho.policyclient.PolicyState;
import io.sekisho.smtp.tls.CertificateJudge;
import io.sekisho.smtp.tls.LegacyProtocols;
import io.sekisho.smtp.tls.TlsEngine;
import io.sekisho.smtp.tls.TrustAnchors;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * TLS of all listeners: the certificates, read again when their files change, and what the policy says of a handshake.
 *
 * <p><b>Lifecycle:</b> {@link #close} once no session can begin any more.
 */
final class ListenersTls implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(ListenersTls.class);

    private final IngressSettings.Smtp smtp;
    private final Supplier<PolicyState> policy;
    private final Optional<Certificates> certificates;
    private final List<CertificateWatch> watches;
    private final CertificateJudge judge;

    /**
     * Reads the files.
     *
     * @throws IllegalArgumentException naming the file and what is wrong with it
     */
    ListenersTls(Vertx vertx, IngressSettings.Smtp smtp, Supplier<PolicyState> policy) {
        this.smtp = smtp;
        this.policy = policy;
        if (smtp.tls().engine() == TlsEngine.JDK_LEGACY) {
            LegacyProtocols.permit();
            LOG.warn(
                    LogLine.of("permit-legacy-tls")
                            .with(
                                    LogKey.REASON,
                                    "sekisho.smtp.tls.engine is JDK_LEGACY: clients that an address rule names may come by SSLv3"));
        }
        certificates = smtp.tls()
                .certificate()
                .map(file -> new Certificates(
                        new WatchedCertificate(
                                file, smtp.tls().key().orElseThrow(), smtp.tls().engine()),
                        further(smtp)));
        watches = certificates.map(Certificates::all).orElse(List.of()).stream()
                .map(watched ->
                        CertificateWatch.start(vertx, watched, smtp.tls().reloadInterval()))
                .toList();
        judge = new CertificateJudge(smtp.trustedCa().map(TrustAnchors::ofPem).orElseGet(TrustAnchors::ofJdk));
    }

    private static Map<String, WatchedCertificate> further(IngressSettings.Smtp smtp) {
        Map<String, WatchedCertificate> further = new LinkedHashMap<>();
        smtp.tls()
                .further()
                .forEach((name, files) -> further.put(
                        name,
                        new WatchedCertificate(
                                files.certificate(), files.key(), smtp.tls().engine())));
        return further;
    }

    ListenerTls first() {
        return listener(Optional.empty(), smtp.clientCertificate());
    }

    ListenerTls of(IngressSettings.Listener listener) {
        return listener(listener.certificate(), listener.clientCertificate().orElse(smtp.clientCertificate()));
    }

    private ListenerTls listener(Optional<String> certificate, CertificateRequest request) {
        return new ListenerTls(
                () -> certificates.map(all -> all.named(certificate).current()),
                certificates.flatMap(Certificates::byServerName),
                this::floor,
                asking(request),
                judge);
    }

    private BooleanSupplier asking(CertificateRequest request) {
        return switch (request) {
            case ALWAYS -> () -> true;
            case NEVER -> () -> false;
            case AUTO ->
                () -> policy.get() instanceof PolicyState.Usable usable
                        && usable.table().asksForClientCertificates();
        };
    }

    /** A client held by an address rule with a lower minimum may come with that; never is the floor higher than TLSv1.2. */
    private TlsVersion floor(IpAddress client) {
        return policy.get() instanceof PolicyState.Usable usable
                ? usable.table().lowestMinimumFor(client).orElse(TlsVersion.DEFAULT_MINIMUM)
                : TlsVersion.DEFAULT_MINIMUM;
    }

    /** How long until the first certificate expires, in seconds; empty without any. */
    Optional<Supplier<Number>> secondsLeft() {
        return certificates.map(
                all -> () -> Duration.between(Instant.now(), all.firstExpiry()).toSeconds());
    }

    @Override
    public void close() {
        watches.forEach(CertificateWatch::close);
        certificates.ifPresent(Certificates::close);
    }
}
