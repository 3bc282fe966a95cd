package io.sekisho.localstack.cluster;

import io.sekisho.localstack.Infrastructure;
import io.sekisho.localstack.LocalStack;
import io.sekisho.localstack.Progress;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which services to start, where, and with what configuration. Not thread-safe. */
public final class ClusterPlan {
    private static final String LOOPBACK_NETWORKS = "127.0.0.0/8,::1/128";

    private final Infrastructure infrastructure;
    private final Path directory;
    private final Map<Service, Map<String, String>> additions = new EnumMap<>(Service.class);
    private Path repository = LocalStack.repository();
    private Set<Service> services = EnumSet.allOf(Service.class);
    private Ports ports = Ports.documented();
    private Optional<String> adminKey = Optional.empty();
    private String hostname = "mx.sekisho.localhost";
    private Progress progress = Progress.SILENT;
    private StartUp startUp = StartUp.PLAIN;

    /** Whether the services' JVMs keep an archive of their classes beside the built jars. */
    public enum StartUp {
        PLAIN,
        /** Much faster from the second start on; the first orderly end after a build takes some seconds of processor time longer. */
        CLASS_ARCHIVE
    }

    /** Where the services were built, for a test with services of its own. */
    ClusterPlan repository(Path root) {
        repository = root;
        return this;
    }

    private ClusterPlan(Infrastructure infrastructure, Path directory) {
        this.infrastructure = infrastructure;
        this.directory = directory.toAbsolutePath().normalize();
    }

    /** All four services on documented ports; secrets, certificate and logs ({@code logs/<service>.log}) in the directory. */
    public static ClusterPlan on(Infrastructure infrastructure, Path directory) {
        return new ClusterPlan(infrastructure, directory);
    }

    /** Only these services. */
    public ClusterPlan services(Set<Service> some) {
        services = EnumSet.copyOf(some);
        return this;
    }

    public ClusterPlan ports(Ports chosen) {
        ports = chosen;
        return this;
    }

    /** An admin key instead of the generated one. */
    public ClusterPlan adminKey(String key) {
        adminKey = Optional.of(key);
        return this;
    }

    /** The name in banner, EHLO and Received. */
    public ClusterPlan hostname(String name) {
        hostname = name;
        return this;
    }

    /** Adds one configuration key to a service, or replaces what it would have been. */
    public ClusterPlan configure(Service service, String key, String value) {
        additions.computeIfAbsent(service, any -> new HashMap<>()).put(key, value);
        return this;
    }

    /** Whom to tell what is starting. */
    public ClusterPlan progress(Progress listener) {
        progress = listener;
        return this;
    }

    public ClusterPlan startUp(StartUp chosen) {
        startUp = chosen;
        return this;
    }

    /**
     * Starts the services side by side and returns when all are ready.
     *
     * @throws io.sekisho.localstack.StackFailure with a sentence for the person at the terminal
     */
    public Cluster start() {
        ClusterKeys keys = ClusterKeys.in(directory, adminKey);
        Map<Service, ServiceProcess> processes = new EnumMap<>(Service.class);
        for (Service service : services) {
            processes.put(service, process(service, keys));
        }
        Cluster cluster = new Cluster(infrastructure, ports, keys, processes);
        cluster.startAll(progress);
        return cluster;
    }

    private ServiceProcess process(Service service, ClusterKeys keys) {
        Path target = repository.resolve(service.id()).resolve("target");
        Path jar = target.resolve("quarkus-app").resolve("quarkus-run.jar");
        List<String> options = startUp == StartUp.PLAIN
                ? List.of()
                : new ClassArchive(target.resolve(service.id() + ".jsa"), jar).options();
        return new ServiceProcess(
                service,
                jar,
                directory.resolve(service.id()),
                directory.resolve("logs").resolve(service.id() + ".log"),
                ports.of(service.http()),
                configuration(service, keys),
                options);
    }

    private Map<String, String> configuration(Service service, ClusterKeys keys) {
        Map<String, String> configuration = new LinkedHashMap<>(
                service.database().map(infrastructure::configuration).orElseGet(infrastructure::configuration));
        configuration.put("quarkus.http.host", "127.0.0.1");
        configuration.put("quarkus.http.port", Integer.toString(ports.of(service.http())));
        if (service == Service.POLICY) {
            configuration.put("sekisho.bootstrap.admin-key", keys.admin());
            configuration.put("sekisho.bootstrap.service-key", keys.service());
            configuration.put("sekisho.allowed-relay-networks", LOOPBACK_NETWORKS);
        } else {
            configuration.put("sekisho.policy.url", "http://127.0.0.1:" + ports.of(Endpoint.POLICY));
            configuration.put("sekisho.policy.service-key", keys.service());
        }
        if (service == Service.INGRESS) {
            SelfSignedCertificate pair = SelfSignedCertificate.in(directory.resolve("tls"), hostname);
            configuration.put("sekisho.smtp.host", "127.0.0.1");
            configuration.put("sekisho.smtp.port", Integer.toString(ports.of(Endpoint.SMTP)));
            configuration.put("sekisho.smtp.hostname", hostname);
            configuration.put("sekisho.smtp.tls.certificate", pair.certificate().toString());
            configuration.put("sekisho.smtp.tls.key", pair.key().toString());
        }
        if (service == Service.EGRESS) {
            configuration.put("sekisho.allowed-next-hop-networks", LOOPBACK_NETWORKS);
            configuration.put("sekisho.delivery.hostname", hostname);
        }
        configuration.putAll(additions.getOrDefault(service, Map.of()));
        return configuration;
    }
}
