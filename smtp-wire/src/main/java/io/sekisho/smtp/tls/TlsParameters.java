package io.sekisho.smtp.tls;

import io.netty.handler.ssl.OpenSslContextOption;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.sekisho.mail.policy.TlsVersion;
import java.util.Arrays;
import java.util.List;

/** What both sides offer, in order of preference. */
final class TlsParameters {

    private static final String[] GROUPS = {"X25519MLKEM768", "X25519", "P-256", "P-384"};

    // RFC 9325 §4.2 asks for forward secrecy and AEAD: these come first and are what nearly every peer takes. The
    // others
    // serve partners that have nothing better (TLS 1.0 and 1.1 know no AEAD; Windows Server 2012 R2 has none with an
    // RSA certificate): to refuse them would mean plain text at OPPORTUNISTIC and no mail at MANDATORY.
    private static final List<String> CIPHERS = List.of(
            "TLS_AES_256_GCM_SHA384",
            "TLS_AES_128_GCM_SHA256",
            "TLS_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA",
            "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA",
            "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA",
            "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA",
            "TLS_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_RSA_WITH_AES_128_GCM_SHA256",
            "TLS_RSA_WITH_AES_256_CBC_SHA",
            "TLS_RSA_WITH_AES_128_CBC_SHA");

    private TlsParameters() {}

    static SslContextBuilder apply(SslContextBuilder builder) {
        return builder.sslProvider(SslProvider.OPENSSL_REFCNT)
                .option(OpenSslContextOption.GROUPS, GROUPS)
                .ciphers(CIPHERS)
                // The whole range; each engine is then narrowed to what its connection may use.
                .protocols(protocols(TlsVersion.TLSV1, TlsVersion.TLSV1_3));
    }

    /** The names of a range of versions. BoringSSL has no SSLv3 (RFC 7568): a floor of SSLv3 means TLSv1 here. */
    static String[] protocols(TlsVersion lowest, TlsVersion highest) {
        return Arrays.stream(TlsVersion.values())
                .filter(version -> version != TlsVersion.SSLV3)
                .filter(version -> version.isAtLeast(lowest) && highest.isAtLeast(version))
                .map(TlsVersion::label)
                .toArray(String[]::new);
    }
}
