package io.sekisho.bench.postfix;

import io.sekisho.localstack.ChildCommand;
import io.sekisho.localstack.ChildProcess;
import io.sekisho.localstack.LocalPorts;
import io.sekisho.localstack.Waiting;
import io.sekisho.localstack.cluster.SelfSignedCertificate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A running Postfix on a free port of loopback. Its queue files are synced before 250, as is its way.
 *
 * <p>Its master daemon is a direct child: between us and it {@code postfix start-fg} would put a script that does not hand signals on.
 *
 * <p><i>Lifecycle:</i> ends with this JVM, however that ends; TERM, which {@link #close} sends, is its orderly end.
 */
public final class Postfix implements AutoCloseable {

    private static final Path PROGRAM = Path.of("/usr/sbin/postfix");
    private static final Path DAEMONS = Path.of("/usr/lib/postfix/sbin");
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final PostfixDirectory directory;
    private final int port;
    private final ChildProcess process;

    private Postfix(PostfixDirectory directory, int port, ChildProcess process) {
        this.directory = directory;
        this.port = port;
        this.process = process;
    }

    /** Why there can be no Postfix here. */
    public static Optional<String> obstacle() {
        if (!Files.isExecutable(PROGRAM) || !Files.isExecutable(DAEMONS.resolve("master"))) {
            return Optional.of(
                    "Postfix is not installed (Debian: apt-get install postfix, \"No configuration\"), so there is nothing to compare with.");
        }
        if (!"root".equals(System.getProperty("user.name"))) {
            return Optional.of(
                    "Postfix changes users, so it needs root to run; this is " + System.getProperty("user.name") + ".");
        }
        return Optional.empty();
    }

    /** Starts one in a new directory below {@code parent}; it shows this certificate. */
    public static Postfix start(Path parent, SelfSignedCertificate certificate, PostfixRole role) throws IOException {
        int port = LocalPorts.free();
        PostfixDirectory directory = PostfixDirectory.make(parent, certificate, port, role);
        makeQueue(directory);
        ChildProcess process = ChildProcess.start(new ChildCommand(
                "postfix",
                List.of(
                        DAEMONS.resolve("master").toString(),
                        "-s",
                        "-c",
                        directory.configuration().toString()),
                Map.of(),
                directory.root(),
                directory.root().resolve("postfix.log"),
                ChildCommand.StopSignal.TERM));
        Postfix postfix = new Postfix(directory, port, process);
        try {
            Waiting.until("Postfix", PATIENCE, process::requireAlive, postfix::connect);
        } catch (RuntimeException e) {
            postfix.close();
            throw e;
        }
        return postfix;
    }

    private static void makeQueue(PostfixDirectory directory) throws IOException {
        Process check = new ProcessBuilder(
                        PROGRAM.toString(), "-c", directory.configuration().toString(), "check")
                .redirectErrorStream(true)
                .start();
        String said = new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (check.onExit().join().exitValue() != 0) {
            throw new IOException("Postfix does not take its configuration: " + said);
        }
    }

    private void connect() throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout((int) PATIENCE.toMillis());
            if (socket.getInputStream().read() != '2') {
                throw new IOException("no 220 from port " + port);
            }
        }
    }

    public int port() {
        return port;
    }

    /** How many messages lie on hold. */
    public long held() throws IOException {
        try (Stream<Path> files = Files.walk(directory.queue().resolve("hold"))) {
            return files.filter(Files::isRegularFile).count();
        }
    }

    /** The process ids of its running daemons of one kind, such as {@code smtpd}. */
    public List<Long> daemons(String name) {
        return ProcessHandle.allProcesses()
                .filter(one -> one.info().command().orElse("").endsWith("/postfix/sbin/" + name))
                .filter(this::isOurs)
                .map(ProcessHandle::pid)
                .toList();
    }

    private boolean isOurs(ProcessHandle daemon) {
        return daemon.parent().map(ProcessHandle::pid).equals(Optional.of(process.pid()));
    }

    /** The mail log so far. */
    public Path log() {
        return directory.log();
    }

    @Override
    public void close() {
        process.stop(PATIENCE);
    }
}
