package io.sekisho.egress.ledger;

import io.sekisho.egress.log.LogKey;
import io.sekisho.egress.log.LogLine;
import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * Redis with a limit to patience: an answer that does not come in time counts as none. From then on the ledger is absent: Redis is left
 * alone for a moment, then one step asks again, and the others go on without it until that is answered. So the limit can be long enough
 * for a busy machine, and an absent ledger costs next to nothing all the same.
 *
 * <p>Thread safety: may be used from any thread.
 */
public final class LedgerConnection {

    private static final Logger LOG = Logger.getLogger(LedgerConnection.class);

    private final Redis redis;
    private final LedgerSettings settings;
    private volatile long absentUntil = System.nanoTime();
    private volatile boolean present = true;
    private final AtomicBoolean asking = new AtomicBoolean();

    public LedgerConnection(Redis redis, LedgerSettings settings) {
        this.redis = redis;
        this.settings = settings;
    }

    /** Whether the last step was answered. */
    public boolean isPresent() {
        return present;
    }

    /** Runs a script when subscribed to; fails where Redis is out of reach or refuses it. */
    public Uni<Response> run(String script, List<String> keys, List<String> arguments) {
        return Uni.createFrom().deferred(() -> {
            boolean probe = !present;
            if (probe && (System.nanoTime() - absentUntil < 0 || !asking.compareAndSet(false, true))) {
                return Uni.createFrom().failure(new LedgerAbsent());
            }
            Request request = Request.cmd(Command.EVAL).arg(script).arg(keys.size());
            keys.forEach(request::arg);
            arguments.forEach(request::arg);
            return Uni.createFrom()
                    .completionStage(() -> redis.send(request).toCompletionStage())
                    .ifNoItem()
                    .after(settings.limit())
                    .fail()
                    .invoke(this::answered)
                    .onFailure()
                    .invoke(this::failed)
                    .onTermination()
                    .invoke(() -> {
                        if (probe) {
                            asking.set(false);
                        }
                    });
        });
    }

    private void answered() {
        if (!present) {
            present = true;
            LOG.info(LogLine.of("ledger is back").with(LogKey.LEDGER, "present"));
        }
    }

    private void failed(Throwable cause) {
        absentUntil = System.nanoTime() + settings.pause().toNanos();
        if (present) {
            present = false;
            LOG.warn(LogLine.of("ledger is out of reach, delivery goes on without it")
                    .with(LogKey.LEDGER, "absent")
                    .with(LogKey.CAUSE, cause));
        }
    }

    /** Redis did not answer a moment ago. */
    private static final class LedgerAbsent extends RuntimeException {
        private static final long serialVersionUID = 1L;

        LedgerAbsent() {
            super("the ledger did not answer a moment ago", null, false, false);
        }
    }
}
