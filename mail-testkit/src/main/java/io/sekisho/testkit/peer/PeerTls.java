package io.sekisho.testkit.peer;

import io.sekisho.testkit.certificate.TestIdentity;
import io.sekisho.testkit.certificate.TrustManagers;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** The JDK's TLS on an accepted socket: deliberately another implementation than the gateway's BoringSSL. */
final class PeerTls {

    /** Whether the peer asks for a certificate of the client. */
    enum ClientCertificate {
        NOT_ASKED,
        ASKED
    }

    private final SSLContext context;
    private final List<String> versions;
    private final ClientCertificate clientCertificate;

    PeerTls(TestIdentity identity, List<String> versions, ClientCertificate clientCertificate) {
        this.versions = versions;
        this.clientCertificate = clientCertificate;
        try {
            context = SSLContext.getInstance("TLS");
            context.init(identity.keyManagers(), TrustManagers.trustingAll(), null);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Shakes hands; {@code early} is what the client sent before it saw the 220. */
    SSLSocket accept(Socket socket, byte[] early) throws IOException {
        SSLSocket secured =
                (SSLSocket) context.getSocketFactory().createSocket(socket, new ByteArrayInputStream(early), true);
        secured.setUseClientMode(false);
        secured.setEnabledProtocols(versions.toArray(String[]::new));
        secured.setWantClientAuth(clientCertificate == ClientCertificate.ASKED);
        secured.startHandshake();
        return secured;
    }
}
