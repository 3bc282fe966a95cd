package io.sekisho.localstack;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Running Kafka, PostgreSQL and Redis (or some of them): where they answer, and controls to break them on purpose.
 *
 * <p><b>Thread safety:</b> accessors may be called from any thread; the controls of one piece from one thread at a time.
 *
 * <p><b>Lifecycle:</b> running and ready when handed out; {@link #close()} ends every server and deletes a temporary data directory.
 * Whoever forgets it, or is killed, takes the servers with it all the same.
 *
 * <p><b>Fails when</b> a piece is asked for that was not started: {@link IllegalArgumentException}.
 */
public interface Infrastructure extends AutoCloseable {

    /** Whether the servers are children of this JVM or containers. */
    InfrastructureKind kind();

    /** What was started. */
    Set<Piece> pieces();

    /** The port on which a piece (its first server) answers at {@code 127.0.0.1} (or the Docker host). It stays the same over {@link #restart(Piece)}. */
    int port(Piece piece);

    /** Value of {@code kafka.bootstrap.servers}. */
    String bootstrapServers();

    /** {@code jdbc:postgresql://…} of one database. */
    String jdbcUrl(Database database);

    /** {@code postgresql://…} of one database, as Vert.x' client wants it. */
    String reactiveUrl(Database database);

    /** User of all databases. */
    String username();

    /** Password of {@link #username()}, made once for each data directory. */
    String password();

    /** {@code redis://host:port}. */
    String redisUrl();

    /** The configuration keys that a service without a database needs to find the pieces that were started. */
    Map<String, String> configuration();

    /** {@link #configuration()} and the data source of one database. */
    Map<String, String> configuration(Database database);

    /**
     * Throws what is known about a server that has ended: name, exit code, last log lines.
     *
     * @throws StackFailure if one has ended, by itself or by {@link #kill}
     */
    void requireAlive();

    /** The servers of a piece: one each, but for Kafka as many as {@link LocalStack#kafkaNodes} says. */
    List<Server> servers(Piece piece);

    /** {@link Server#kill() Kills} all servers of a piece. */
    default void kill(Piece piece) {
        servers(piece).forEach(Server::kill);
    }

    /** {@link Server#pause() Pauses} all servers of a piece. */
    default void pause(Piece piece) {
        servers(piece).forEach(Server::pause);
    }

    /** Undoes {@link #pause}. */
    default void resume(Piece piece) {
        servers(piece).forEach(Server::resume);
    }

    /** {@link Server#restart() Starts again} all servers of a piece side by side. */
    default void restart(Piece piece) {
        SideBySide.forEach(servers(piece), Server::restart);
    }

    /** Ends everything in an orderly way. Calling it again does nothing. */
    @Override
    void close();
}
