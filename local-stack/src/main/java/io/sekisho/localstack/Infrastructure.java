package io.sekisho.localstack;

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

    /** The port on which a piece answers at {@code 127.0.0.1} (or the Docker host). It stays the same over {@link #restart}. */
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

    /** Ends the server as {@code kill -9} does; nothing is flushed or said goodbye to. Returns when it is gone. */
    void kill(Piece piece);

    /** Stops the server's processes from running (as {@code kill -STOP} does): its connections stay open and nothing answers. */
    void pause(Piece piece);

    /** Undoes {@link #pause}. */
    void resume(Piece piece);

    /** Starts a killed server again, or ends and starts a running one, on the same port and data; returns when it is ready. */
    void restart(Piece piece);

    /** Ends everything in an orderly way. Calling it again does nothing. */
    @Override
    void close();
}
