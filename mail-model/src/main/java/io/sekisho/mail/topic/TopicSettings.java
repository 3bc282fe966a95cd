package io.sekisho.mail.topic;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a topic must be set to. A service asks Kafka at its start and is not ready where something differs, saying what.
 *
 * @param name of the topic
 * @param config the settings that matter; others are the operator's
 */
public record TopicSettings(String name, Map<String, String> config) {

    public TopicSettings {
        config = Map.copyOf(config);
    }

    /** The settings on a cluster of three brokers or more. */
    public static TopicSettings replicated(String topic) {
        Map<String, String> config = new LinkedHashMap<>(Topics.settingsOf(topic));
        config.put("min.insync.replicas", "2");
        return new TopicSettings(topic, config);
    }

    /** The settings on one broker: flushed to disk before it acknowledges, where the topic holds mail. */
    public static TopicSettings singleBroker(String topic) {
        Map<String, String> config = new LinkedHashMap<>(Topics.settingsOf(topic));
        if (Topics.HOLDING_MAIL.contains(topic)) {
            config.put("flush.messages", "1");
        }
        return new TopicSettings(topic, config);
    }

    /**
     * How a topic differs from what it must be.
     *
     * @param actual as {@code describeConfigs} tells it
     * @return a sentence per difference; empty where all is well
     */
    public List<String> differences(Map<String, String> actual) {
        List<String> differences = new ArrayList<>();
        config.forEach((key, wanted) -> {
            String found = actual.get(key);
            if (!isGoodEnough(key, wanted, found)) {
                differences.add("topic " + name + " has " + key + "=" + found + ", must be " + wanted);
            }
        });
        differences.sort(null);
        return differences;
    }

    private static boolean isGoodEnough(String key, String wanted, String found) {
        if (found == null) {
            return false;
        }
        return switch (key) {
            // More room, more replicas and longer retention do no harm; -1 is without limit.
            case "max.message.bytes", "min.insync.replicas" -> Long.parseLong(found) >= Long.parseLong(wanted);
            case "retention.ms", "retention.bytes" ->
                found.equals("-1") || (!wanted.equals("-1") && Long.parseLong(found) >= Long.parseLong(wanted));
            case "segment.bytes", "segment.ms" -> Long.parseLong(found) <= Long.parseLong(wanted);
            default -> wanted.equals(found);
        };
    }
}
