package io.sekisho.ingress.certificate;

import io.sekisho.smtp.tls.ServerTls;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All certificates of the service: its own, which every listener shows unless told otherwise, and further ones by name.
 *
 * <p><b>Thread safety:</b> any thread. <b>Lifecycle:</b> {@link #close} once no session can begin any more.
 */
public final class Certificates implements AutoCloseable {

    private final WatchedCertificate own;
    private final Map<String, WatchedCertificate> further;

    public Certificates(WatchedCertificate own, Map<String, WatchedCertificate> further) {
        this.own = own;
        this.further = new LinkedHashMap<>(further);
    }

    public List<WatchedCertificate> all() {
        List<WatchedCertificate> all = new ArrayList<>(List.of(own));
        all.addAll(further.values());
        return all;
    }

    /**
     * One of them.
     *
     * @param name of a further one; empty for the service's own
     */
    public WatchedCertificate named(Optional<String> name) {
        return name.map(further::get).orElse(own);
    }

    /** How a client's wish is met; empty where there is only one certificate, and nothing to choose. */
    public Optional<ServerTls.ByServerName> byServerName() {
        return further.isEmpty() ? Optional.empty() : Optional.of(this::forName);
    }

    private Optional<ServerTls> forName(String serverName) {
        return all().stream()
                .map(WatchedCertificate::current)
                .filter(tls -> tls.carries(serverName))
                .findFirst();
    }

    /** When the first of them expires. */
    public Instant firstExpiry() {
        return all().stream()
                .map(watched -> watched.certificate().getNotAfter().toInstant())
                .min(Instant::compareTo)
                .orElseThrow();
    }

    @Override
    public void close() {
        all().forEach(WatchedCertificate::close);
    }
}
