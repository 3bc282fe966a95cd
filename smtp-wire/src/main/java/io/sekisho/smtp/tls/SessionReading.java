package io.sekisho.smtp.tls;

import io.sekisho.mail.policy.TlsVersion;
import java.io.ByteArrayInputStream;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/** Reads what a finished handshake established out of its engine. */
final class SessionReading {

    // Of what a peer sent, so much is parsed and kept. Real chains have two to four.
    private static final int MOST_CERTIFICATES = CertificateJudge.LONGEST_CHAIN;

    private SessionReading() {}

    static TlsSession read(SSLEngine engine, Optional<String> group) {
        SSLSession session = engine.getSession();
        return new TlsSession(
                TlsVersion.parse(session.getProtocol()), session.getCipherSuite(), group, peerChain(session));
    }

    // Copies of the JDK's own kind: the engine's are views that parse on demand. A certificate that cannot be parsed
    // ends the chain; without a first one the judge finds no certificate.
    private static List<X509Certificate> peerChain(SSLSession session) {
        List<X509Certificate> chain = new ArrayList<>();
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            Certificate[] sent = session.getPeerCertificates();
            for (Certificate certificate : Arrays.asList(sent).subList(0, Math.min(sent.length, MOST_CERTIFICATES))) {
                chain.add((X509Certificate)
                        factory.generateCertificate(new ByteArrayInputStream(certificate.getEncoded())));
            }
        } catch (SSLPeerUnverifiedException none) {
            return List.of();
        } catch (CertificateException malformed) {
            return chain;
        }
        return chain;
    }
}
