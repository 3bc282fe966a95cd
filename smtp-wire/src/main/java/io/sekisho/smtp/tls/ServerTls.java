package io.sekisho.smtp.tls;

import io.netty.channel.ChannelHandlerContext;
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
import javax.net.ssl.SSLException;

/**
 * TLS for connections that we accept.
 *
 * <p><i>Lifecycle:</i> one per listener and certificate; {@link #close} once its connections are gone. <i>Thread
 * safety:</i> all methods; {@link #startTls} on the event loop of the connection it is for.
 */
public final class ServerTls implements AutoCloseable {

    /** Whether the client is asked for a certificate. It may answer that it has none. */
    public enum ClientCertificate {
        NOT_ASKED,
        ASKED
    }

    /**
     * What is settled per connection.
     *
     * @param floor the lowest version taken; SSLv3 is taken for TLSv1, which BoringSSL has at least
     * @param timeout of the handshake, from now to its end
     */
    public record Terms(TlsVersion floor, ClientCertificate clientCertificate, Duration timeout) {

        /** TLSv1.2 and up, no certificate asked, one minute. */
        public static final Terms DEFAULT =
                new Terms(TlsVersion.DEFAULT_MINIMUM, ClientCertificate.NOT_ASKED, Duration.ofMinutes(1));
    }

    private final SslContext context;

    /** TLS with a certificate and its key. */
    public ServerTls(TlsIdentity identity) {
        try {
            context = TlsParameters.apply(SslContextBuilder.forServer(identity.key(), identity.chainArray()))
                    .trustManager(new UnjudgedTrust())
                    .build();
        } catch (SSLException unusable) {
            throw new IllegalArgumentException(
                    "TLS cannot be set up with the certificate of " + identity.subject() + ": " + unusable.getMessage(),
                    unusable);
        }
    }

    /**
     * Answers STARTTLS and shakes hands (RFC 3207 §4).
     *
     * <p>The reply is written and TLS put in place within this call, so that no octet can slip in between. The result
     * {@code Failed} means that the connection is closed, but for one case: with {@code octetsBehind} nothing has been
     * written, and the caller may still say why it closes.
     *
     * @param ready the 220 reply; empty where TLS begins without one (RFC 8314 §3)
     * @param octetsBehind how many octets the caller has received behind the STARTTLS line and not used; any are an
     *     attempt at injection (CVE-2011-0411), refused as {@link HandshakeFailure#PLAINTEXT_INJECTED}
     * @param decrypted becomes the socket's handler once TLS is on; not called before
     * @throws IllegalStateException off the connection's event loop
     */
    public Future<HandshakeResult> startTls(
            NetSocket socket, Buffer ready, int octetsBehind, Terms terms, Handler<Buffer> decrypted) {
        ChannelHandlerContext connection = Connections.of(socket);
        if (octetsBehind > 0) {
            return Future.succeededFuture(FailureReading.failed(
                    HandshakeFailure.PLAINTEXT_INJECTED, octetsBehind + " octets behind STARTTLS"));
        }
        SslHandler handler = context.newHandler(connection.alloc());
        handler.setHandshakeTimeoutMillis(terms.timeout().toMillis());
        handler.engine().setEnabledProtocols(TlsParameters.protocols(terms.floor(), TlsVersion.TLSV1_3));
        handler.engine().setWantClientAuth(terms.clientCertificate() == ClientCertificate.ASKED);
        if (ready.length() > 0) {
            socket.write(ready);
        }
        var observer = new ServerFlightObserver(ServerFlightObserver.Side.SERVER);
        return new Handshake(socket, handler, observer, decrypted).begin(connection);
    }

    @Override
    public void close() {
        ReferenceCountUtil.release(context);
    }
}
