package io.sekisho.ingress.queue;

import io.sekisho.ingress.log.LogKey;
import io.sekisho.ingress.log.LogLine;
import io.sekisho.ingress.queue.KafkaMailQueue.TopicState;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.jboss.logging.Logger;

/**
 * What is known of the topics: asked at start, every few seconds until they are fit, then every half minute, so that a
 * topic made anew gets its new id into envelopes. Kafka out of reach later on does not undo what was found: writing will
 * fail by itself.
 *
 * <p><b>Thread safety:</b> any thread. <b>Lifecycle:</b> {@link #start} once, {@link #close} at the end.
 */
public final class TopicWatch implements Supplier<TopicState>, AutoCloseable {

    private static final Logger LOG = Logger.getLogger(TopicWatch.class);
    private static final Duration WHILE_UNFIT = Duration.ofSeconds(3);
    private static final Duration WHILE_FIT = Duration.ofSeconds(30);
    private static final int ANSWER_MILLIS = 10_000;

    private final Vertx vertx;
    private final Admin admin;
    private final TopicCheck check;
    private volatile TopicState state = new TopicState.Unknown("Kafka has not been asked about its topics yet");
    private volatile TopicState last = state;
    private volatile boolean closed;

    /**
     * Nothing is asked yet.
     *
     * @param kafka where it is and how to speak to it
     */
    public TopicWatch(Vertx vertx, Map<String, Object> kafka) {
        this.vertx = vertx;
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put(AdminClientConfig.CLIENT_ID_CONFIG, "smtp-ingress-topics");
        settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, ANSWER_MILLIS);
        settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, ANSWER_MILLIS / 2);
        settings.put(AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1_000);
        this.admin = Admin.create(settings);
        this.check = new TopicCheck(admin);
    }

    /** Begins to ask. */
    public void start() {
        ask();
    }

    @Override
    public TopicState get() {
        return state;
    }

    /** What the last question found, Kafka out of reach included: for readiness. */
    public TopicState last() {
        return last;
    }

    private void ask() {
        check.check().subscribe().with(this::learn);
    }

    private void learn(TopicState found) {
        if (closed) {
            return;
        }
        if (!found.equals(last)) {
            report(found);
        }
        last = found;
        boolean outOfReach = found instanceof TopicState.Unknown && state instanceof TopicState.Fit;
        if (!outOfReach) {
            state = found;
        }
        Duration pause = found instanceof TopicState.Fit ? WHILE_FIT : WHILE_UNFIT;
        vertx.setTimer(pause.toMillis(), timer -> {
            if (!closed) {
                ask();
            }
        });
    }

    private static void report(TopicState found) {
        LogLine line = LogLine.of("check-topics");
        switch (found) {
            case TopicState.Fit fit -> LOG.info(line.with(LogKey.RESULT, "fit"));
            case TopicState.Unfit(String reason) ->
                LOG.warn(line.with(LogKey.RESULT, "unfit").with(LogKey.REASON, reason));
            case TopicState.Unknown(String reason) ->
                LOG.warn(line.with(LogKey.RESULT, "unknown").with(LogKey.REASON, reason));
        }
    }

    @Override
    public void close() {
        closed = true;
        admin.close(Duration.ofSeconds(1));
    }
}
