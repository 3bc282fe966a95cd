package io.sekisho.ingress;

import io.quarkus.runtime.Quarkus;
import io.sekisho.ingress.listener.ConnectionPlaces;
import io.sekisho.ingress.listener.ListenerSettings;
import io.sekisho.ingress.listener.MailListener;
import io.sekisho.ingress.listener.SessionServices;
import io.sekisho.ingress.log.LogKey;
import io.sekisho.ingress.log.LogLine;
import io.sekisho.mail.address.IpNetwork;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;

/** The listeners of the service, by name: "mx", and those that the configuration adds. */
final class Listeners {

    /** The listener that there always is. */
    static final String FIRST = "mx";

    private static final Logger LOG = Logger.getLogger(Listeners.class);

    private final Map<String, MailListener> byName = new LinkedHashMap<>();

    Listeners(
            Vertx vertx, IngressSettings.Smtp smtp, Receptions receptions, ListenersTls tls, SessionServices services) {
        ListenerSettings first = settings(FIRST, smtp.host(), smtp.port(), List.of(), smtp.connectionLimit(), smtp);
        byName.put(FIRST, new MailListener(vertx, first, receptions.first(), tls.first(), services));
        smtp.listeners().forEach((name, listener) -> {
            ListenerSettings settings = settings(
                    name,
                    listener.host(),
                    listener.port(),
                    Receptions.networks(listener.proxyNetworks()),
                    listener.connectionLimit().orElse(smtp.connectionLimit()),
                    smtp);
            byName.put(name, new MailListener(vertx, settings, receptions.of(listener), tls.of(listener), services));
        });
    }

    private static ListenerSettings settings(
            String name,
            String host,
            int port,
            List<IpNetwork> balancers,
            int connectionLimit,
            IngressSettings.Smtp smtp) {
        return new ListenerSettings(
                name,
                host,
                port,
                balancers,
                new ConnectionPlaces(connectionLimit),
                smtp.idleTimeout(),
                smtp.contentTimeout(),
                smtp.handshakeTimeout());
    }

    /** Opens them all; one that cannot have its port ends the service. */
    void open() {
        byName.forEach((name, listener) -> listener.open()
                .subscribe()
                .with(
                        port -> LOG.info(
                                LogLine.of("listen").with(LogKey.LISTENER, name).with(LogKey.PORT, port)),
                        failure -> {
                            LOG.error(LogLine.of("listen")
                                    .with(LogKey.RESULT, "failed")
                                    .with(LogKey.LISTENER, name)
                                    .with(
                                            LogKey.REASON,
                                            failure.getMessage() + "; end what holds the port, or set another: "
                                                    + key(name)));
                            Quarkus.asyncExit(1);
                        }));
    }

    private static String key(String name) {
        return name.equals(FIRST) ? "sekisho.smtp.host, sekisho.smtp.port" : "sekisho.smtp.listeners." + name + ".port";
    }

    Uni<Void> drain(Duration limit) {
        return all(
                byName.values().stream().map(listener -> listener.drain(limit)).toList());
    }

    Uni<Void> close() {
        return all(byName.values().stream().map(MailListener::close).toList());
    }

    private static Uni<Void> all(List<Uni<Void>> each) {
        return Uni.join().all(each).andCollectFailures().replaceWithVoid();
    }

    int connections() {
        return byName.values().stream().mapToInt(MailListener::connections).sum();
    }

    boolean areOpen() {
        return byName.values().stream().allMatch(MailListener::isOpen);
    }

    /** The port that a listener has. */
    int port(String name) {
        return byName.get(name).port();
    }
}
