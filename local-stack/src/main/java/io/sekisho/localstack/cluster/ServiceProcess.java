package io.sekisho.localstack.cluster;

import io.sekisho.localstack.ChildCommand;
import io.sekisho.localstack.ChildProcess;
import io.sekisho.localstack.CurrentJvm;
import io.sekisho.localstack.StackFailure;
import io.sekisho.localstack.Waiting;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One running copy of a service: how it is started, and the process that runs now.
 *
 * <p><b>Thread safety:</b> accessors from any thread; the controls from one thread at a time.
 */
public final class ServiceProcess {
    private static final Duration READY_LIMIT = Duration.ofMinutes(2);
    private static final Duration STOP_GRACE = Duration.ofSeconds(45);

    private final Service service;
    private final String name;
    private final Path jar;
    private final Path directory;
    private final Path log;
    private final Ports ports;
    private final Map<String, String> configuration;
    private final List<String> jvmOptions;
    private volatile ChildProcess process;

    ServiceProcess(
            Service service,
            String name,
            Path jar,
            Path directory,
            Path log,
            Ports ports,
            Map<String, String> configuration,
            List<String> jvmOptions) {
        this.service = service;
        this.name = name;
        this.jar = jar;
        this.directory = directory;
        this.log = log;
        this.ports = ports;
        this.configuration = Map.copyOf(configuration);
        this.jvmOptions = List.copyOf(jvmOptions);
    }

    public Service service() {
        return service;
    }

    /** {@code smtp-ingress} of the first copy, {@code smtp-ingress-2} of the second. */
    public String name() {
        return name;
    }

    /** {@code http://127.0.0.1:port}. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + ports.of(service.http()));
    }

    /** Port of the SMTP mx listener on 127.0.0.1, where this is an ingress. */
    public int smtpPort() {
        return ports.of(Endpoint.SMTP);
    }

    /** Port of the mx listener that takes connections with a PROXY header from loopback, where this is an ingress. */
    public int smtpProxyPort() {
        return ports.of(Endpoint.SMTP_PROXY);
    }

    /** The file that takes what it says. */
    public Path log() {
        return log;
    }

    /** Starts it, if it was ended, on the same ports; returns when it is ready. */
    public void startAndAwait() {
        start();
        awaitReady();
    }

    /** Starts it, if it was ended, and returns at once. */
    public void start() {
        if (!Files.exists(jar)) {
            throw new StackFailure(service.id() + " is not built: there is no " + jar
                    + ". ./sekisho up builds it, or: mvn -DskipTests -pl " + service.id() + " -am package");
        }
        List<String> words = new ArrayList<>(List.of(
                CurrentJvm.java().toString(),
                "-Xmx" + service.heapMebibytes() + "m",
                "-XX:+UseSerialGC",
                "-XX:+ExitOnOutOfMemoryError",
                "--enable-native-access=ALL-UNNAMED",
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager"));
        service.youngMebibytes().ifPresent(size -> words.add("-Xmn" + size + "m"));
        words.addAll(jvmOptions);
        words.addAll(List.of("-jar", jar.toString()));
        process = ChildProcess.start(
                new ChildCommand(name, words, environment(), directory, log, ChildCommand.StopSignal.TERM));
    }

    /** Secrets are among the configuration, so it travels in the environment: a command line is public. */
    private Map<String, String> environment() {
        Map<String, String> environment = configuration.entrySet().stream()
                .collect(Collectors.toMap(entry -> variable(entry.getKey()), Map.Entry::getValue));
        // What BoringSSL has freed goes back to few arenas: by default glibc keeps eight for each processor.
        environment.put("MALLOC_ARENA_MAX", "2");
        return environment;
    }

    /** MicroProfile Config's rule: upper case, everything but letters and digits becomes an underscore. */
    static String variable(String key) {
        return key.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
    }

    /**
     * Returns when it says that it is ready.
     *
     * @throws StackFailure if it has ended, or says no for two minutes; with what it said last
     */
    public void awaitReady() {
        URI readiness = url().resolve("/q/health/ready");
        Waiting.until(name, READY_LIMIT, process::requireAlive, () -> HealthQuestion.ask(readiness));
    }

    public boolean isAlive() {
        return process != null && process.isAlive();
    }

    /** Throws name, exit code and last log lines if it has ended. */
    public void requireAlive() {
        process.requireAlive();
    }

    /** Process id. */
    public long pid() {
        return process.pid();
    }

    /** Ends it in an orderly way, as Kubernetes does first; returns when it is gone. */
    public void stop() {
        if (process != null) {
            process.stop(STOP_GRACE);
        }
    }

    /** Ends it as {@code kill -9} does; returns when it is gone. */
    public void kill() {
        process.kill();
    }

    /** Stops it from running ({@code kill -STOP}): its connections stay open and nothing answers. */
    public void pause() {
        process.pause();
    }

    /** Undoes {@link #pause}. */
    public void resume() {
        process.resume();
    }
}
