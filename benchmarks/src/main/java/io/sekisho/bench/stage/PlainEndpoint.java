package io.sekisho.bench.stage;

import io.sekisho.localstack.ChildCommand;
import io.sekisho.localstack.ChildProcess;
import io.sekisho.localstack.CurrentJvm;
import io.sekisho.localstack.LocalPorts;
import io.sekisho.localstack.LocalStack;
import io.sekisho.localstack.StackFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The plain Quarkus application as a process, with the JVM options of policy-service. */
public final class PlainEndpoint implements AutoCloseable {

    private static final Duration GRACE = Duration.ofSeconds(20);

    private final int port = LocalPorts.free();
    private final ChildProcess process;

    private PlainEndpoint(Path directory) {
        Path jar = LocalStack.repository().resolve("benchmarks/plain-endpoint/target/quarkus-app/quarkus-run.jar");
        if (!Files.exists(jar)) {
            throw new StackFailure(
                    "The plain endpoint is not built: there is no " + jar + ". ./sekisho bench builds it.");
        }
        process = ChildProcess.start(new ChildCommand(
                "plain-endpoint",
                List.of(
                        CurrentJvm.java().toString(),
                        "-Xmx224m",
                        "-XX:+UseSerialGC",
                        "-XX:+ExitOnOutOfMemoryError",
                        "--enable-native-access=ALL-UNNAMED",
                        "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                        "-jar",
                        jar.toString()),
                Map.of("QUARKUS_HTTP_HOST", "127.0.0.1", "QUARKUS_HTTP_PORT", Integer.toString(port)),
                directory.resolve("plain-endpoint"),
                directory.resolve("plain-endpoint").resolve("log"),
                ChildCommand.StopSignal.TERM));
    }

    /** Starts it and returns at once. */
    public static PlainEndpoint start(Path directory) {
        return new PlainEndpoint(directory);
    }

    public int port() {
        return port;
    }

    /** Returns when it answers that it is ready. */
    public void awaitReady() {
        Readiness.await("the plain endpoint", port, process::requireAlive);
    }

    @Override
    public void close() {
        process.stop(GRACE);
    }
}
