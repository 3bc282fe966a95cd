package io.sekisho.localstack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Starts the infrastructure: {@code LocalStack.start(EnumSet.of(Piece.KAFKA, Piece.REDIS))} for a test, {@link #with} where data directory,
 * ports or progress matter.
 *
 * <p>The environment variable (or system property) {@code SEKISHO_INFRA} says how: {@code embedded} as child processes from Maven artifacts,
 * {@code docker} through Testcontainers, {@code auto} (the default) Docker if an engine answers and has the images, else embedded.
 */
public final class LocalStack {
    private final Set<Piece> pieces;
    private final Map<Piece, Integer> ports = new EnumMap<>(Piece.class);
    private int kafkaNodes = 1;
    private Optional<Path> dataDirectory = Optional.empty();
    private Progress progress = Progress.SILENT;

    private LocalStack(Set<Piece> pieces) {
        this.pieces = pieces.isEmpty() ? EnumSet.noneOf(Piece.class) : EnumSet.copyOf(pieces);
    }

    /**
     * Starts these servers on free ports in a temporary directory, which {@link Infrastructure#close()} deletes. They are ready, with
     * databases and topics made, when this returns.
     *
     * @throws StackFailure with a sentence for the person at the terminal
     */
    public static Infrastructure start(Set<Piece> pieces) {
        return with(pieces).start();
    }

    /** These servers, started later by {@link #start()}. */
    public static LocalStack with(Set<Piece> pieces) {
        return new LocalStack(pieces);
    }

    /** Keeps all state, secrets and logs ({@code logs/*.log}) here, over restarts. Only one stack runs in a directory at a time. */
    public LocalStack dataDirectory(Path directory) {
        dataDirectory = Optional.of(directory.toAbsolutePath().normalize());
        return this;
    }

    /** Chooses the port of one server instead of a free one. */
    public LocalStack port(Piece piece, int port) {
        ports.put(piece, port);
        return this;
    }

    /**
     * So many Kafka nodes instead of one; three or more hold three replicas of all that is in them. As child processes only.
     *
     * @param number 1, or 3 and more: with two, none could be missed
     */
    public LocalStack kafkaNodes(int number) {
        if (number != 1 && number < 3) {
            throw new IllegalArgumentException("Kafka runs on 1 node, or on 3 and more; not on " + number);
        }
        kafkaNodes = number;
        return this;
    }

    /** Whom to tell what is starting. */
    public LocalStack progress(Progress listener) {
        progress = listener;
        return this;
    }

    /**
     * Starts and waits until everything answers.
     *
     * @throws StackFailure with a sentence for the person at the terminal
     */
    public Infrastructure start() {
        Path directory = dataDirectory.orElseGet(LocalStack::temporaryDirectory);
        Disk.requireRoom(directory);
        DataDirectoryLock lock = DataDirectoryLock.take(directory);
        RunningStack stack;
        try {
            String password = PrivateFiles.secret(directory.resolve("postgres-password"), "");
            InfrastructureKind kind = InfrastructureChoice.fromEnvironment().resolve(pieces);
            if (kind == InfrastructureKind.DOCKER && kafkaNodes > 1) {
                throw new StackFailure("Several Kafka nodes run as child processes only; set "
                        + InfrastructureChoice.VARIABLE + "=embedded.");
            }
            pieces.forEach(piece -> ports.computeIfAbsent(piece, any -> LocalPorts.free()));
            stack = new RunningStack(
                    kind,
                    kind == InfrastructureKind.DOCKER ? docker(directory, password) : embedded(directory, password),
                    password,
                    dataDirectory.isPresent() ? Optional.empty() : Optional.of(directory),
                    lock::release);
        } catch (RuntimeException e) {
            lock.release();
            throw e;
        }
        stack.start(progress);
        return stack;
    }

    private List<PieceServer> docker(Path directory, String password) {
        DockerEngine.removeContainersOf(directory);
        DockerVolumes volumes = new DockerVolumes(directory);
        List<PieceServer> servers = new ArrayList<>();
        for (Piece piece : pieces) {
            int port = ports.get(piece);
            LocalPorts.requireFree(port, piece.title(), "--port-" + piece.id());
            servers.add(new DockerServer(
                    DockerRecipe.of(piece, DockerEngine.host(), port, password),
                    port,
                    log(directory, piece),
                    directory,
                    dataDirectory.map(kept -> volumes.of(piece))));
        }
        return servers;
    }

    private static Path log(Path directory, Piece piece) {
        return directory.resolve("logs").resolve(piece.id() + ".log");
    }

    /** Deletes what Docker keeps for a stack with this data directory, which nobody runs now. */
    public static void forgetVolumes(Path directory) {
        new DockerVolumes(directory).remove();
    }

    /** The root of the repository in which this module was built. */
    public static Path repository() {
        return BuildOutput.locate().repository();
    }

    private List<PieceServer> embedded(Path directory, String password) {
        BuildOutput build = BuildOutput.locate();
        UnpackedBinaries binaries = new UnpackedBinaries(build);
        List<PieceServer> servers = new ArrayList<>();
        for (Piece piece : pieces) {
            int port = ports.get(piece);
            Path own = directory.resolve(piece.id());
            Path log = log(directory, piece);
            switch (piece) {
                case KAFKA -> servers.addAll(kafka(directory, build));
                case POSTGRES -> servers.add(new EmbeddedPostgres(own, log, port, password, binaries));
                case REDIS -> servers.add(new EmbeddedRedis(own, log, port, binaries));
            }
        }
        return servers;
    }

    private List<EmbeddedKafka> kafka(Path directory, BuildOutput build) {
        List<KafkaNode> nodes = KafkaNode.several(kafkaNodes, ports.get(Piece.KAFKA));
        String clusterId = PrivateFiles.secret(directory.resolve("kafka-cluster-id"), "");
        return nodes.stream()
                .map(node -> new EmbeddedKafka(
                        node,
                        nodes,
                        clusterId,
                        directory.resolve(node.name()),
                        directory.resolve("logs").resolve(node.name() + ".log"),
                        build))
                .toList();
    }

    private static Path temporaryDirectory() {
        try {
            Path directory = Files.createTempDirectory("sekisho-").toRealPath();
            PostgresIdentity.here().admit(directory);
            return directory;
        } catch (IOException e) {
            throw new StackFailure("Cannot make a temporary directory: " + e.getMessage(), e);
        }
    }
}
