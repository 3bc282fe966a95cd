package io.sekisho.smtp.tls;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** The authorities whose certificates are trusted. Immutable. */
public final class TrustAnchors {

    private final X509TrustManager pkix;

    private TrustAnchors(KeyStore store) {
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
            factory.init(store);
            pkix = Arrays.stream(factory.getTrustManagers())
                    .filter(X509TrustManager.class::isInstance)
                    .map(X509TrustManager.class::cast)
                    .findFirst()
                    .orElseThrow();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("this JDK has no PKIX validation", impossible);
        }
    }

    /** The JDK's {@code cacerts}. */
    public static TrustAnchors ofJdk() {
        return new TrustAnchors(null);
    }

    /**
     * The certificates of a PEM file, and no others.
     *
     * @throws IllegalArgumentException naming the file and what is wrong with it
     */
    public static TrustAnchors ofPem(Path file) {
        return of(TlsIdentity.readCertificates(file));
    }

    public static TrustAnchors of(List<X509Certificate> authorities) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            for (int i = 0; i < authorities.size(); i++) {
                store.setCertificateEntry("authority-" + i, authorities.get(i));
            }
            return new TrustAnchors(store);
        } catch (GeneralSecurityException | IOException impossible) {
            throw new IllegalStateException("this JDK has no PKCS12 key store", impossible);
        }
    }

    X509TrustManager pkix() {
        return pkix;
    }
}
