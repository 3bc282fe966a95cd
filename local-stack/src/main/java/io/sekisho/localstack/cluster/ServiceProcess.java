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

/** One service as a process: how it is started, and the process that runs now. */
final class ServiceProcess {
    private static final Duration READY_LIMIT = Duration.ofMinutes(2);
    private static final Duration STOP_GRACE = Duration.ofSeconds(30);

    private final Service service;
    private final Path jar;
    private final Path directory;
    private final Path log;
    private final int port;
    private final Map<String, String> configuration;
    private final List<String> jvmOptions;
    private volatile ChildProcess process;

    ServiceProcess(
            Service service,
            Path jar,
            Path directory,
            Path log,
            int port,
            Map<String, String> configuration,
            List<String> jvmOptions) {
        this.service = service;
        this.jar = jar;
        this.directory = directory;
        this.log = log;
        this.port = port;
        this.configuration = Map.copyOf(configuration);
        this.jvmOptions = List.copyOf(jvmOptions);
    }

    Service service() {
        return service;
    }

    Path log() {
        return log;
    }

    void start() {
        if (!Files.exists(jar)) {
            throw new StackFailure(service.id() + " is not built: there is no " + jar
                    + ". ./sekisho up builds it, or: mvn -DskipTests -pl " + service.id() + " -am package");
        }
        List<String> words = new ArrayList<>(List.of(
                CurrentJvm.java().toString(),
                "-Xmx" + service.heapMebibytes() + "m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:+ExitOnOutOfMemoryError",
                "--enable-native-access=ALL-UNNAMED",
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager"));
        words.addAll(jvmOptions);
        words.addAll(List.of("-jar", jar.toString()));
        process = ChildProcess.start(
                new ChildCommand(service.id(), words, environment(), directory, log, ChildCommand.StopSignal.TERM));
    }

    /** Secrets are among the configuration, so it travels in the environment: a command line is public. */
    private Map<String, String> environment() {
        return configuration.entrySet().stream()
                .collect(Collectors.toMap(entry -> variable(entry.getKey()), Map.Entry::getValue));
    }

    /** MicroProfile Config's rule: upper case, everything but letters and digits becomes an underscore. */
    static String variable(String key) {
        return key.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
    }

    void awaitReady() {
        URI readiness = URI.create("http://127.0.0.1:" + port + "/q/health/ready");
        Waiting.until(service.id(), READY_LIMIT, process::requireAlive, () -> HealthQuestion.ask(readiness));
    }

    boolean isAlive() {
        return process != null && process.isAlive();
    }

    void requireAlive() {
        process.requireAlive();
    }

    long pid() {
        return process.pid();
    }

    void stop() {
        if (process != null) {
            process.stop(STOP_GRACE);
        }
    }

    void kill() {
        process.kill();
    }

    void pause() {
        process.pause();
    }

    void resume() {
        process.resume();
    }
}
