package io.sekisho.testkit.peer;

import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/**
 * TLS of one session as the peer saw it.
 *
 * @param version the JDK's name of the protocol, such as {@code TLSv1.3}
 * @param clientChain the client's certificates, empty if it presented none
 */
public record RecordedTls(
        String version, String cipher, Optional<String> serverName, List<X509Certificate> clientChain) {

    static RecordedTls of(SSLSession session) {
        Optional<String> name = ((ExtendedSSLSession) session)
                .getRequestedServerNames().stream()
                        .filter(SNIHostName.class::isInstance)
                        .map(sni -> ((SNIHostName) sni).getAsciiName())
                        .findFirst();
        return new RecordedTls(session.getProtocol(), session.getCipherSuite(), name, clientChain(session));
    }

    private static List<X509Certificate> clientChain(SSLSession session) {
        try {
            return Arrays.stream(session.getPeerCertificates())
                    .map(X509Certificate.class::cast)
                    .toList();
        } catch (SSLPeerUnverifiedException none) {
            return List.of();
        }
    }
}
