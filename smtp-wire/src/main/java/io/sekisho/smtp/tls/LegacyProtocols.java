package io.sekisho.smtp.tls;

import java.security.GeneralSecurityException;
import java.security.Security;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;

/**
 * Lets the JDK's TLS speak what it has but refuses by default: SSLv3, TLSv1, TLSv1.1 and the cipher suites of their time. That is
 * a setting of the whole process, hence one of its own for it (RFC 7568, RFC 8996).
 */
public final class LegacyProtocols {

    // The JDK's own list without the versions, RSA key transport, 3DES and SHA-1 in handshakes: SSLv3 has nothing
    // better. RC4, single DES
    // and what is not encrypted or not authenticated stay forbidden.
    private static final String STILL_DISABLED =
            "RC4, DES, MD5withRSA, DH keySize < 1024, EC keySize < 224, anon, NULL, ECDH";

    private LegacyProtocols() {}

    /**
     * Permits them in this process. To be called before anything in it has used TLS.
     *
     * @throws IllegalStateException if it is too late; it says what to do
     */
    public static void permit() {
        Security.setProperty("jdk.tls.disabledAlgorithms", STILL_DISABLED);
        // BoringSSL has no renegotiation. Behind the first handshake nobody would notice that the version is lower now.
        System.setProperty("jdk.tls.rejectClientInitiatedRenegotiation", "true");
        if (!isPermitted()) {
            throw new IllegalStateException("SSLv3 cannot be permitted any more: TLS was used in this process before;"
                    + " start it with -Djava.security.properties=FILE, the file having the line"
                    + " jdk.tls.disabledAlgorithms=" + STILL_DISABLED);
        }
    }

    // What is forbidden can be enabled all the same and is only passed over in the handshake: asked for alone, it is an
    // error.
    private static boolean isPermitted() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, null, null);
            SSLEngine engine = context.createSSLEngine();
            engine.setUseClientMode(true);
            engine.setEnabledProtocols(new String[] {"SSLv3"});
            engine.beginHandshake();
            return true;
        } catch (GeneralSecurityException | javax.net.ssl.SSLException refused) {
            return false;
        }
    }
}
