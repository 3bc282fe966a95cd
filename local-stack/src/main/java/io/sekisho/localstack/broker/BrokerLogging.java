package io.sekisho.localstack.broker;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.logging.LogManager;

/** Sets up the JDK's logging for the broker: one line per record, to standard error, Kafka's chatter left out. */
public final class BrokerLogging {
    private static final String SETTINGS = """
            handlers=java.util.logging.ConsoleHandler
            java.util.logging.ConsoleHandler.level=INFO
            java.util.logging.ConsoleHandler.formatter=java.util.logging.SimpleFormatter
            java.util.logging.SimpleFormatter.format=%1$tFT%1$tT.%1$tL %4$-7s %3$s %5$s%6$s%n
            .level=INFO
            org.apache.kafka.common.config.AbstractConfig.level=WARNING
            org.apache.kafka.clients.level=WARNING
            kafka.server.KafkaConfig.level=WARNING
            org.apache.kafka.common.utils.AppInfoParser.level=WARNING
            """;

    /** Called by the JDK's log manager, which was told the name of this class. */
    public BrokerLogging() {
        try {
            LogManager.getLogManager()
                    .readConfiguration(new ByteArrayInputStream(SETTINGS.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
