package io.sekisho.mail.topic;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The topics of Sekisho. {@link #EVENTS} is public, the others are its own. */
public final class Topics {

    /** The intake queue: one record a message. */
    public static final String QUEUE = "sekisho.mail.queue";

    /** The parts of large messages. */
    public static final String CONTENT = "sekisho.mail.content";

    /** What happened to each message: the public contract. */
    public static final String EVENTS = "sekisho.mail.events";

    /** Records that a consumer could not read. */
    public static final String DEAD_LETTER = "sekisho.dead-letter";

    public static final List<String> ALL = List.of(QUEUE, CONTENT, EVENTS, DEAD_LETTER);

    /** Topics whose loss would be the loss of mail. */
    public static final Set<String> HOLDING_MAIL = Set.of(QUEUE, CONTENT);

    /** The largest record, headers included: 4 MiB. */
    public static final int MAX_RECORD_BYTES = 4 * 1024 * 1024;

    /** A message up to this size is the value of its queue record: 256 KiB. */
    public static final int INLINE_LIMIT_BYTES = 256 * 1024;

    /** A larger one is cut into parts of this size: 512 KiB. */
    public static final int CHUNK_BYTES = 512 * 1024;

    /** The longest queue lifetime for which the default retention of {@link #CONTENT} is enough. */
    public static final Duration DEFAULT_QUEUE_LIFETIME = Duration.ofDays(5);

    private static final Duration BEYOND_LIFETIME = Duration.ofDays(2);
    private static final String SEGMENT_BYTES = Integer.toString(64 * 1024 * 1024);
    private static final String SEGMENT_MS =
            Long.toString(Duration.ofMinutes(10).toMillis());

    private Topics() {}

    static Map<String, String> settingsOf(String topic) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("cleanup.policy", "delete");
        settings.put("unclean.leader.election.enable", "false");
        settings.put("max.message.bytes", Integer.toString(MAX_RECORD_BYTES));
        switch (topic) {
            case QUEUE -> {
                settings.put("message.timestamp.type", "LogAppendTime");
                // Unread mail is never removed by age; egress deletes what it has finished.
                settings.put("retention.ms", "-1");
                settings.put("retention.bytes", "-1");
                // deleteRecords frees closed segments only.
                settings.put("segment.bytes", SEGMENT_BYTES);
                settings.put("segment.ms", SEGMENT_MS);
            }
            case CONTENT -> {
                settings.put("message.timestamp.type", "LogAppendTime");
                settings.put(
                        "retention.ms",
                        Long.toString(
                                DEFAULT_QUEUE_LIFETIME.plus(BEYOND_LIFETIME).toMillis()));
                settings.put("retention.bytes", "-1");
                settings.put("segment.bytes", SEGMENT_BYTES);
                settings.put("segment.ms", SEGMENT_MS);
            }
            case EVENTS, DEAD_LETTER -> settings.put("message.timestamp.type", "LogAppendTime");
            default -> throw new IllegalArgumentException("no topic of Sekisho: " + topic);
        }
        return settings;
    }
}
