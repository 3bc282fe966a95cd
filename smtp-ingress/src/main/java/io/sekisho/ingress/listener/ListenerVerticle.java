package io.sekisho.ingress.listener;

import io.sekisho.ingress.limit.ClientPlace;
import io.sekisho.ingress.log.LogKey;
import io.sekisho.ingress.log.LogLine;
import io.sekisho.ingress.metrics.ConnectionRefusal;
import io.sekisho.ingress.session.Client;
import io.sekisho.ingress.session.Reception;
import io.sekisho.mail.address.IpAddress;
import io.sekisho.smtp.proxy.ProxyHeader;
import io.sekisho.smtp.reply.SmtpReply;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** The part of a listener that one event loop serves. */
final class ListenerVerticle extends AbstractVerticle {

    private static final int WAITING_CONNECTIONS = 1_024;
    private static final long CLOCK_MILLIS = 1_000;

    /** How much longer than all time-outs a connection may do nothing at all before Vert.x ends it. */
    private static final int BACKSTOP_SECONDS = 120;

    private static final Logger LOG = Logger.getLogger(ListenerVerticle.class);

    private final ListenerSettings settings;
    private final Reception reception;
    private final ListenerTls tls;
    private final SessionServices services;
    private final Set<Connection> connections = new HashSet<>();

    private NetServer server;
    private boolean draining;

    ListenerVerticle(ListenerSettings settings, Reception reception, ListenerTls tls, SessionServices services) {
        this.settings = settings;
        this.reception = reception;
        this.tls = tls;
        this.services = services;
    }

    @Override
    public void start(Promise<Void> started) {
        NetServerOptions options = new NetServerOptions()
                .setHost(settings.host())
                .setPort(settings.port() == 0 ? freePort(settings.name()) : settings.port())
                .setAcceptBacklog(WAITING_CONNECTIONS)
                .setTcpKeepAlive(true)
                .setIdleTimeout(Math.toIntExact(settings.idleTimeout().toSeconds()) + BACKSTOP_SECONDS)
                .setIdleTimeoutUnit(TimeUnit.SECONDS);
        server = vertx.createNetServer(options).connectHandler(this::accept);
        server.listen().<Void>mapEmpty().onComplete(started);
        vertx.setPeriodic(CLOCK_MILLIS, tick -> {
            long now = System.nanoTime();
            List.copyOf(connections).forEach(connection -> connection.checkTime(now));
        });
    }

    /** To Vert.x any negative number is a free port that all servers with the same number share; 0 is one for each. */
    private static int freePort(String listener) {
        return -1 - (listener.hashCode() & 0xffff);
    }

    int port() {
        return server.actualPort();
    }

    /** Ends what is idle and takes nothing new; new connections are told to come back. */
    void drain() {
        context.runOnContext(go -> {
            draining = true;
            List.copyOf(connections).forEach(Connection::drain);
        });
    }

    private void accept(NetSocket socket) {
        if (draining) {
            services.metrics().connectionRefused(ConnectionRefusal.DRAINING);
            refuse(socket, reception.replies().shuttingDown());
        } else if (settings.isBehindBalancers() && !settings.isBalancer(address(socket))) {
            services.metrics().connectionRefused(ConnectionRefusal.NOT_A_BALANCER);
            LOG.warn(line("accept", address(socket)).with(LogKey.REASON, "no balancer of this listener"));
            refuse(socket, reception.replies().balancersOnly());
        } else if (!takePlace()) {
            services.metrics().connectionRefused(ConnectionRefusal.FULL);
            refuse(socket, reception.replies().tooManyConnections());
        } else if (settings.isBehindBalancers()) {
            awaitHeader(socket);
        } else {
            serve(socket, Client.connected(UUID.randomUUID(), address(socket), settings.name()), Buffer.buffer());
        }
    }

    private boolean takePlace() {
        if (!settings.places().take()) {
            return false;
        }
        if (!services.places().take()) {
            settings.places().give();
            return false;
        }
        return true;
    }

    private void givePlace() {
        settings.places().give();
        services.places().give();
    }

    private void awaitHeader(NetSocket socket) {
        IpAddress balancer = address(socket);
        new BalancedConnection(
                        socket, vertx, (header, rest) -> serve(socket, client(header, balancer), rest), ending -> {
                            givePlace();
                            if (ending instanceof BalancedConnection.Ending.Dropped(String reason)) {
                                services.metrics().connectionRefused(ConnectionRefusal.NO_HEADER);
                                LOG.warn(line("read-proxy-header", balancer).with(LogKey.REASON, reason));
                            }
                        })
                .open();
    }

    private Client client(ProxyHeader header, IpAddress balancer) {
        return header instanceof ProxyHeader.Forwarded(IpAddress client)
                ? Client.connected(UUID.randomUUID(), client, settings.name())
                : Client.unnamed(UUID.randomUUID(), balancer, settings.name());
    }

    private void serve(NetSocket socket, Client client, Buffer first) {
        Optional<ClientPlace> place = clientPlace(client);
        if (place.isEmpty()) {
            givePlace();
            services.metrics().connectionRefused(ConnectionRefusal.CLIENT_LIMIT);
            refuse(socket, reception.replies().tooManyConnections(client.address()));
            return;
        }
        services.metrics().connected();
        Connection connection = new Connection(socket, client, settings, reception, tls, services, context);
        connections.add(connection);
        connection.open(first, () -> {
            connections.remove(connection);
            services.metrics().disconnected();
            place.get().give();
            givePlace();
        });
        if (draining) {
            connection.drain();
        }
    }

    /** A balancer that names nobody looks whether we live; whom it hides may send no mail. */
    private Optional<ClientPlace> clientPlace(Client client) {
        return client.origin() == Client.Origin.BALANCER
                ? Optional.of(ClientPlace.uncounted())
                : reception.clients().connect(client.address());
    }

    private LogLine line(String action, IpAddress peer) {
        return LogLine.of(action).with(LogKey.LISTENER, settings.name()).with(LogKey.CLIENT, peer);
    }

    private void refuse(NetSocket socket, SmtpReply reply) {
        if (reception.speaksPlainTextFirst()) {
            socket.write(reply.render());
        }
        socket.close();
    }

    private static IpAddress address(NetSocket socket) {
        String text = socket.remoteAddress().hostAddress();
        int zone = text.indexOf('%');
        return IpAddress.parse(zone < 0 ? text : text.substring(0, zone));
    }
}
