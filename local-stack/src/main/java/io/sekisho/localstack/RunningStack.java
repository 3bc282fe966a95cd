package io.sekisho.localstack;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;

/** The servers that were started, whichever way they run. */
final class RunningStack implements Infrastructure {
    private static final Duration START_LIMIT = Duration.ofSeconds(90);
    private static final int CONNECT_MILLIS = 2_000;

    private final InfrastructureKind kind;
    private final Map<Piece, List<PieceServer>> servers = new EnumMap<>(Piece.class);
    private final String password;
    private final Optional<Path> temporaryDirectory;
    private final Runnable afterwards;
    private final AtomicBoolean closed = new AtomicBoolean();

    /**
     * Nothing is started yet.
     *
     * @param temporaryDirectory deleted in the end
     * @param afterwards done when everything has ended
     */
    RunningStack(
            InfrastructureKind kind,
            List<PieceServer> servers,
            String password,
            Optional<Path> temporaryDirectory,
            Runnable afterwards) {
        this.kind = kind;
        servers.forEach(server -> this.servers
                .computeIfAbsent(server.piece(), any -> new ArrayList<>())
                .add(server));
        this.password = password;
        this.temporaryDirectory = temporaryDirectory;
        this.afterwards = afterwards;
    }

    /** Starts all side by side and returns when all are ready; if one is not, ends the others and throws what it said. */
    void start(Progress progress) {
        try {
            SideBySide.forEach(all(), server -> startOne(server, progress));
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private void startOne(PieceServer server, Progress progress) {
        String title = title(server);
        progress.starting(title);
        long began = System.nanoTime();
        try {
            server.start();
            awaitReady(server);
        } catch (RuntimeException e) {
            // Not by its own fault where somebody has asked for the end.
            if (!Thread.currentThread().isInterrupted()) {
                progress.failed(title);
            }
            throw e;
        }
        progress.ready(title, Duration.ofNanos(System.nanoTime() - began));
    }

    private void awaitReady(PieceServer server) {
        String title = title(server);
        // Asked first, as Kafka's client logs every refused connection.
        Waiting.until(title, START_LIMIT, server::requireAlive, () -> connect(server));
        Waiting.until(title, START_LIMIT, server::requireAlive, () -> {
            switch (server.piece()) {
                case KAFKA ->
                    MailTopics.create(
                            bootstrapServers(), servers.get(Piece.KAFKA).size());
                case POSTGRES -> Databases.create(server.host(), server.port(), password);
                case REDIS -> RedisPing.ask(server.host(), server.port());
            }
        });
    }

    private static void connect(PieceServer server) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(server.host(), server.port()), CONNECT_MILLIS);
        }
    }

    @Override
    public void requireAlive() {
        all().forEach(PieceServer::requireAlive);
    }

    @Override
    public InfrastructureKind kind() {
        return kind;
    }

    @Override
    public Set<Piece> pieces() {
        return servers.isEmpty() ? EnumSet.noneOf(Piece.class) : EnumSet.copyOf(servers.keySet());
    }

    @Override
    public int port(Piece piece) {
        return first(piece).port();
    }

    @Override
    public String bootstrapServers() {
        return pieceServers(Piece.KAFKA).stream().map(RunningStack::address).collect(Collectors.joining(","));
    }

    @Override
    public String jdbcUrl(Database database) {
        return "jdbc:" + reactiveUrl(database);
    }

    @Override
    public String reactiveUrl(Database database) {
        return "postgresql://" + address(Piece.POSTGRES) + "/" + database.databaseName();
    }

    @Override
    public String username() {
        return PostgresSettings.USERNAME;
    }

    @Override
    public String password() {
        return password;
    }

    @Override
    public String redisUrl() {
        return "redis://" + address(Piece.REDIS);
    }

    @Override
    public Map<String, String> configuration() {
        Map<String, String> keys = new LinkedHashMap<>();
        if (servers.containsKey(Piece.KAFKA)) {
            keys.put("kafka.bootstrap.servers", bootstrapServers());
        }
        if (servers.containsKey(Piece.REDIS)) {
            keys.put("quarkus.redis.hosts", redisUrl());
        }
        return keys;
    }

    @Override
    public Map<String, String> configuration(Database database) {
        Map<String, String> keys = configuration();
        keys.put("quarkus.datasource.jdbc.url", jdbcUrl(database));
        keys.put("quarkus.datasource.reactive.url", reactiveUrl(database));
        keys.put("quarkus.datasource.username", username());
        keys.put("quarkus.datasource.password", password());
        return keys;
    }

    @Override
    public List<Server> servers(Piece piece) {
        return pieceServers(piece).stream()
                .<Server>map(server -> new ServerControl(server, this::awaitReady))
                .toList();
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            try {
                SideBySide.toTheEnd(all(), server -> {
                    server.stop();
                    server.discard();
                });
            } finally {
                temporaryDirectory.ifPresent(RunningStack::delete);
                afterwards.run();
            }
        }
    }

    private static void delete(Path directory) {
        try {
            UnpackedBinaries.deleteTree(directory);
        } catch (IOException e) {
            throw new StackFailure("Cannot delete the temporary directory " + directory + ": " + e.getMessage(), e);
        }
    }

    private String address(Piece piece) {
        return address(first(piece));
    }

    private static String address(PieceServer server) {
        return server.host() + ":" + server.port();
    }

    private String title(PieceServer server) {
        List<PieceServer> same = servers.get(server.piece());
        String title = server.piece().title();
        return same.size() == 1 ? title : title + " " + (same.indexOf(server) + 1);
    }

    private PieceServer first(Piece piece) {
        return pieceServers(piece).getFirst();
    }

    private List<PieceServer> all() {
        return servers.values().stream().flatMap(List::stream).toList();
    }

    private List<PieceServer> pieceServers(Piece piece) {
        List<PieceServer> found = servers.get(piece);
        if (found == null) {
            throw new IllegalArgumentException(piece.title() + " was not started; started are " + pieces());
        }
        return found;
    }
}
