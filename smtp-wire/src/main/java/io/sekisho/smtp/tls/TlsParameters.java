package io.sekisho.smtp.tls;

import io.netty.handler.ssl.OpenSslContextOption;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import io.sekisho.mail.policy.TlsVersion;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

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

    // What SSLv3 has beside AES, which came after it.
    private static final List<String> SSLV3_CIPHERS =
            List.of("SSL_DHE_RSA_WITH_3DES_EDE_CBC_SHA", "SSL_RSA_WITH_3DES_EDE_CBC_SHA");

    static SslContextBuilder apply(SslContextBuilder builder, TlsEngine engine) {
        return switch (engine) {
            case BORINGSSL -> apply(builder);
            case JDK_LEGACY ->
                builder.sslProvider(SslProvider.JDK)
                        .ciphers(
                                Stream.concat(CIPHERS.stream(), SSLV3_CIPHERS.stream())
                                        .toList(),
                                SupportedCipherSuiteFilter.INSTANCE)
                        .protocols(protocols(TlsVersion.TLSV1, TlsVersion.TLSV1_3, engine));
        };
    }

    static SslContextBuilder apply(SslContextBuilder builder) {
        return builder.sslProvider(SslProvider.OPENSSL_REFCNT)
                .option(OpenSslContextOption.GROUPS, GROUPS)
                .ciphers(CIPHERS)
                // The whole range; each engine is then narrowed to what its connection may use.
                .protocols(protocols(TlsVersion.TLSV1, TlsVersion.TLSV1_3));
    }

    /** The names of a range of versions, as an engine knows them. */
    static String[] protocols(TlsVersion lowest, TlsVersion highest, TlsEngine engine) {
        Stream<String> common = Arrays.stream(protocols(lowest, highest));
        return engine == TlsEngine.JDK_LEGACY && lowest == TlsVersion.SSLV3
                // The oldest clients wrap their SSLv3 greeting in the form of SSLv2 (RFC 6101 appendix E); no session
                // is ever SSLv2.
                ? Stream.concat(Stream.of("SSLv2Hello", TlsVersion.SSLV3.label()), common)
                        .toArray(String[]::new)
                : common.toArray(String[]::new);
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
