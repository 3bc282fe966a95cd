package io.sekisho.smtp.tls;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.ssl.OpenSslSessionContext;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import io.sekisho.mail.policy.TlsVersion;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLException;

/**
 * TLS for connections that we make.
 *
 * <p>No session is ever resumed: each connection shows its certificate, and is judged by it.
 *
 * <p><i>Lifecycle:</i> one per process, or per client certificate; {@link #close} once its connections are gone.
 * <i>Thread safety:</i> all methods; {@link #startTls} on the event loop of the connection it is for.
 */
public final class ClientTls implements AutoCloseable {

    /**
     * What is settled per connection.
     *
     * @param serverName for SNI (RFC 6066 §3); empty sends none, as for a bare address
     * @param lowest version offered; SSLv3 is taken for TLSv1, which BoringSSL has at least
     * @param highest version offered
     * @param timeout of the handshake, from now to its end
     */
    public record Terms(Optional<String> serverName, TlsVersion lowest, TlsVersion highest, Duration timeout) {

        /** From {@code lowest} to TLSv1.3. */
        public static Terms of(String serverName, TlsVersion lowest, Duration timeout) {
            return new Terms(Optional.of(serverName), lowest, TlsVersion.TLSV1_3, timeout);
        }
    }

    private static final int SMTP_PORT = 25;

    private final SslContext context;

    /** TLS without a certificate of our own. */
    public ClientTls() {
        this(Optional.empty());
    }

    /** TLS with a certificate of our own, for servers that ask for one. */
    public ClientTls(Optional<TlsIdentity> identity) {
        SslContextBuilder builder =
                TlsParameters.apply(SslContextBuilder.forClient()).trustManager(new UnjudgedTrust());
        identity.ifPresent(ours -> builder.keyManager(ours.key(), ours.chainArray()));
        try {
            // Names are matched after the handshake; the engine must not do it inside.
            context = builder.endpointIdentificationAlgorithm(null).build();
        } catch (SSLException unusable) {
            throw new IllegalArgumentException("client TLS cannot be set up: " + unusable.getMessage(), unusable);
        }
        ((OpenSslSessionContext) context.sessionContext()).setSessionCacheEnabled(false);
    }

    /**
     * Shakes hands after the server's 220 to STARTTLS. The result {@code Failed} means that the connection is closed.
     *
     * @param octetsBehind how many octets the caller has received behind the 220 and not used; any are an attempt at
     *     injection, refused as {@link HandshakeFailure#PLAINTEXT_INJECTED}
     * @param decrypted becomes the socket's handler once TLS is on; not called before
     * @throws IllegalStateException off the connection's event loop
     */
    public Future<HandshakeResult> startTls(
            NetSocket socket, int octetsBehind, Terms terms, Handler<Buffer> decrypted) {
        ChannelHandlerContext connection = Connections.of(socket);
        if (octetsBehind > 0) {
            socket.close();
            return Future.succeededFuture(FailureReading.failed(
                    HandshakeFailure.PLAINTEXT_INJECTED, octetsBehind + " octets behind the 220 reply"));
        }
        SslHandler handler = terms.serverName().isPresent()
                ? context.newHandler(connection.alloc(), terms.serverName().get(), SMTP_PORT)
                : context.newHandler(connection.alloc());
        handler.setHandshakeTimeoutMillis(terms.timeout().toMillis());
        handler.engine().setEnabledProtocols(TlsParameters.protocols(terms.lowest(), terms.highest()));
        var observer = new ServerFlightObserver(ServerFlightObserver.Side.CLIENT);
        return new Handshake(socket, observer, decrypted).begin(connection, handler);
    }

    @Override
    public void close() {
        ReferenceCountUtil.release(context);
    }
}
