package io.sekisho.localstack.cluster;

import io.sekisho.localstack.Infrastructure;
import io.sekisho.localstack.LocalPorts;
import io.sekisho.localstack.LocalStack;
import io.sekisho.localstack.Progress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

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
    private final Map<Service, Integer> copies = new EnumMap<>(Service.class);
    private StartUp startUp = StartUp.PLAIN;
    private JvmTuning tuning = JvmTuning.QUICK_START;

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

    /** So many copies of a service, the further ones on free ports. */
    public ClusterPlan copies(Service service, int number) {
        if (number < 1) {
            throw new IllegalArgumentException("at least one " + service.id() + " is needed, not " + number);
        }
        copies.put(service, number);
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

    /** How the services' JVMs compile; {@link JvmTuning#QUICK_START} unless told otherwise. */
    public ClusterPlan jvm(JvmTuning chosen) {
        tuning = chosen;
        return this;
    }

    /**
     * Starts the services side by side and returns when all are ready.
     *
     * @throws io.sekisho.localstack.StackFailure with a sentence for the person at the terminal
     */
    public Cluster start() {
        ClusterKeys keys = ClusterKeys.in(directory, adminKey);
        Map<Service, List<ServiceProcess>> processes = new EnumMap<>(Service.class);
        for (Service service : services) {
            processes.put(
                    service,
                    IntStream.rangeClosed(1, copies.getOrDefault(service, 1))
                            .mapToObj(ordinal -> process(service, ordinal, keys))
                            .toList());
        }
        Cluster cluster = new Cluster(infrastructure, ports, keys, processes);
        cluster.startAll(progress);
        return cluster;
    }

    private ServiceProcess process(Service service, int ordinal, ClusterKeys keys) {
        Path target = repository.resolve(service.id()).resolve("target");
        Path jar = target.resolve("quarkus-app").resolve("quarkus-run.jar");
        List<String> options = new ArrayList<>(tuning.options());
        if (startUp == StartUp.CLASS_ARCHIVE) {
            ClassArchive archive = new ClassArchive(target.resolve(service.id() + ".jsa"), jar);
            // One process writes it.
            options.addAll(ordinal == 1 ? archive.options() : archive.useOptions());
        }
        String name = ordinal == 1 ? service.id() : service.id() + "-" + ordinal;
        Ports own = ordinal == 1
                ? ports
                : ports.with(service.http(), LocalPorts.free())
                        .with(Endpoint.SMTP, LocalPorts.free())
                        .with(Endpoint.SMTP_PROXY, LocalPorts.free())
                        .with(Endpoint.SUBMISSION, LocalPorts.free())
                        .with(Endpoint.SUBMISSION_TLS, LocalPorts.free());
        return new ServiceProcess(
                service,
                name,
                jar,
                directory.resolve(name),
                directory.resolve("logs").resolve(name + ".log"),
                own,
                configuration(service, own, keys),
                options);
    }

    private Map<String, String> configuration(Service service, Ports own, ClusterKeys keys) {
        Map<String, String> configuration = new LinkedHashMap<>(
                service.database().map(infrastructure::configuration).orElseGet(infrastructure::configuration));
        configuration.put("quarkus.http.host", "127.0.0.1");
        configuration.put("quarkus.http.port", Integer.toString(own.of(service.http())));
        if (service == Service.POLICY) {
            configuration.put("sekisho.bootstrap.admin-key", keys.admin());
            configuration.put("sekisho.bootstrap.service-key", keys.service());
            configuration.put("sekisho.allowed-relay-networks", LOOPBACK_NETWORKS);
        } else {
            configuration.put("sekisho.policy.url", "http://127.0.0.1:" + ports.of(Endpoint.POLICY));
            configuration.put("sekisho.policy.service-key", keys.service());
        }
        // Nobody asks for readiness here, and an end should be quick.
        configuration.put("quarkus.shutdown.delay", "0s");
        if (service == Service.INGRESS) {
            SelfSignedCertificate pair = SelfSignedCertificate.in(directory.resolve("tls"), hostname);
            configuration.put("sekisho.smtp.host", "127.0.0.1");
            configuration.put("sekisho.smtp.port", Integer.toString(own.of(Endpoint.SMTP)));
            listener(configuration, "proxied", "MX", own.of(Endpoint.SMTP_PROXY));
            configuration.put("sekisho.smtp.listeners.proxied.proxy-networks", LOOPBACK_NETWORKS);
            listener(configuration, "submission", "SUBMISSION", own.of(Endpoint.SUBMISSION));
            listener(configuration, "submissions", "IMPLICIT_TLS", own.of(Endpoint.SUBMISSION_TLS));
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

    private static void listener(Map<String, String> configuration, String name, String mode, int port) {
        String prefix = "sekisho.smtp.listeners." + name;
        configuration.put(prefix + ".mode", mode);
        configuration.put(prefix + ".host", "127.0.0.1");
        configuration.put(prefix + ".port", Integer.toString(port));
    }
}
