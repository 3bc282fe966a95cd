package io.sekisho.smtp.tls;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler;
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
import java.util.List;
import java.util.Optional;
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
     * @param floor the lowest version taken; where the engine has no SSLv3, that is taken for TLSv1
     * @param timeout of the handshake, from now to its end
     * @param names other certificates, by the name that the client asks for
     */
    public record Terms(
            TlsVersion floor, ClientCertificate clientCertificate, Duration timeout, Optional<ByServerName> names) {

        /** TLSv1.2 and up, no certificate asked, one minute. */
        public static final Terms DEFAULT =
                new Terms(TlsVersion.DEFAULT_MINIMUM, ClientCertificate.NOT_ASKED, Duration.ofMinutes(1));

        /** Terms of a listener with one certificate. */
        public Terms(TlsVersion floor, ClientCertificate clientCertificate, Duration timeout) {
            this(floor, clientCertificate, timeout, Optional.empty());
        }

        /** The same with another time-out; what is used up becomes the shortest there is, as 0 would be none. */
        Terms within(Duration left) {
            Duration shortest = Duration.ofMillis(1);
            return new Terms(floor, clientCertificate, left.compareTo(shortest) < 0 ? shortest : left, names);
        }
    }

    /** Where a listener has several certificates: which a client is shown that names its server (RFC 6066 §3). */
    @FunctionalInterface
    public interface ByServerName {

        /** Empty for a name that no certificate carries: the client is shown the listener's own (RFC 6066 §3 allows it). */
        Optional<ServerTls> forName(String serverName);
    }

    private final SslContext context;
    private final List<String> names;
    private final TlsEngine engine;

    /** TLS with a certificate and its key. */
    public ServerTls(TlsIdentity identity) {
        this(identity, TlsEngine.BORINGSSL);
    }

    /** TLS with a certificate and its key, by one of the engines. */
    public ServerTls(TlsIdentity identity, TlsEngine engine) {
        this.engine = engine;
        names = CertificateNames.presented(identity.chain().getFirst());
        try {
            context = TlsParameters.apply(SslContextBuilder.forServer(identity.key(), identity.chainArray()), engine)
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
     * @param ready the 220 reply
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
        if (ready.length() > 0) {
            socket.write(ready);
        }
        return handshake(socket, decrypted).begin(connection, handler(connection, terms));
    }

    /**
     * Shakes hands on a connection whose first octet is TLS (RFC 8314 §3).
     *
     * @param received octets of the client that were read already, behind a PROXY header: the beginning of its handshake
     * @param decrypted as for {@link #startTls}
     * @throws IllegalStateException off the connection's event loop
     */
    public Future<HandshakeResult> implicitTls(
            NetSocket socket, Buffer received, Terms terms, Handler<Buffer> decrypted) {
        ChannelHandlerContext connection = Connections.of(socket);
        Future<HandshakeResult> result = handshake(socket, decrypted).begin(connection, handler(connection, terms));
        if (received.length() > 0) {
            connection.pipeline().fireChannelRead(Unpooled.copiedBuffer(received.getBytes()));
            connection.pipeline().fireChannelReadComplete();
        }
        return result;
    }

    private static Handshake handshake(NetSocket socket, Handler<Buffer> decrypted) {
        return new Handshake(socket, new ServerFlightObserver(ServerFlightObserver.Side.SERVER), decrypted);
    }

    private ChannelHandler handler(ChannelHandlerContext connection, Terms terms) {
        return terms.names().isEmpty()
                ? on(connection.alloc(), terms)
                : new ServerNameHandler(this, terms, terms.names().get());
    }

    /** A handler that shakes hands with this certificate on these terms. */
    SslHandler on(ByteBufAllocator allocator, Terms terms) {
        SslHandler handler = context.newHandler(allocator);
        handler.setHandshakeTimeoutMillis(terms.timeout().toMillis());
        handler.engine().setEnabledProtocols(TlsParameters.protocols(terms.floor(), TlsVersion.TLSV1_3, engine));
        handler.engine().setWantClientAuth(terms.clientCertificate() == ClientCertificate.ASKED);
        return handler;
    }

    /** Keeps it open for whoever holds it, until one more {@link #close}. */
    void hold() {
        ReferenceCountUtil.retain(context);
    }

    /** Whether the certificate carries a name that a client asks for. */
    public boolean carries(String serverName) {
        return CertificateNames.match(names, List.of(serverName)).isPresent();
    }

    @Override
    public void close() {
        ReferenceCountUtil.release(context);
    }
}
