package io.sekisho.bench.load;

import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.handler.ssl.OpenSslContextOption;
import io.netty.handler.ssl.OpenSslSessionContext;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;

/**
 * TLS as the load generator speaks it, the same with every server: TLSv1.3, X25519, no session resumed, the certificate not judged. The
 * group is one that every server has, so that no side pays for a stronger one.
 */
final class ClientContext {

    private static final SslContext CONTEXT = build();

    private ClientContext() {}

    static SSLEngine engine() {
        return CONTEXT.newEngine(UnpooledByteBufAllocator.DEFAULT);
    }

    private static SslContext build() {
        try {
            SslContext context = SslContextBuilder.forClient()
                    .sslProvider(SslProvider.OPENSSL_REFCNT)
                    .option(OpenSslContextOption.GROUPS, new String[] {"X25519"})
                    .protocols("TLSv1.3")
                    .trustManager(InsecureTrustManagerFactory.INSTANCE)
                    .endpointIdentificationAlgorithm(null)
                    .build();
            ((OpenSslSessionContext) context.sessionContext()).setSessionCacheEnabled(false);
            return context;
        } catch (SSLException e) {
            throw new IllegalStateException("the load generator's TLS cannot be set up", e);
        }
    }
}
