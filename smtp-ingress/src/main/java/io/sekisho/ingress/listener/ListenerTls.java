package io.sekisho.ingress.listener;

import io.sekisho.mail.address.IpAddress;
import io.sekisho.mail.policy.TlsVersion;
import io.sekisho.smtp.tls.CertificateJudge;
import io.sekisho.smtp.tls.ServerTls;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * TLS as a listener offers it.
 *
 * @param own for a session that begins now; empty where there is no certificate
 * @param names other certificates, by the name that a client asks for
 * @param floor the lowest version that a client's handshake may have
 * @param asksForCertificate whether a client is asked for its certificate
 * @param judge of what a client then shows
 */
public record ListenerTls(
        Supplier<Optional<ServerTls>> own,
        Optional<ServerTls.ByServerName> names,
        Function<IpAddress, TlsVersion> floor,
        BooleanSupplier asksForCertificate,
        CertificateJudge judge) {

    /** When clients are asked for a certificate. None is refused for having none, but by a rule, at RCPT. */
    public enum CertificateRequest {
        /** While the policy has an inbound rule that needs one. */
        AUTO,
        ALWAYS,
        NEVER
    }

    ServerTls.Terms terms(IpAddress client, Duration timeout) {
        return new ServerTls.Terms(
                floor.apply(client),
                asksForCertificate.getAsBoolean()
                        ? ServerTls.ClientCertificate.ASKED
                        : ServerTls.ClientCertificate.NOT_ASKED,
                timeout,
                names);
    }
}
