package io.sekisho.bench.tracking;

import io.sekisho.mail.address.DomainName;
import io.sekisho.mail.address.IpAddress;
import io.sekisho.mail.envelope.MessageIds;
import io.sekisho.mail.envelope.Upstream;
import io.sekisho.mail.event.Authentication;
import io.sekisho.mail.event.CloudEventRecord;
import io.sekisho.mail.event.EventKind;
import io.sekisho.mail.event.Hop;
import io.sekisho.mail.event.MailEvent;
import io.sekisho.mail.event.MessageFacts;
import io.sekisho.mail.policy.Direction;
import io.sekisho.mail.tls.TlsFacts;
import io.sekisho.mail.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The events of mail that was received, queued and delivered, as the gateway would have told them. */
final class SampleEvents {

    /** Events told of each message. */
    static final int OF_A_MESSAGE = 3;

    private static final TlsFacts TLS =
            new TlsFacts("TLSv1.3", Optional.of("TLS_AES_256_GCM_SHA384"), Optional.of("X25519"), Optional.empty());

    private SampleEvents() {}

    /** Returns when Kafka has them all. */
    static void publish(String bootstrapServers, int messages) throws ExecutionException, InterruptedException {
        Properties properties = new Properties();
        properties.putAll(Map.of("bootstrap.servers", bootstrapServers, "acks", "all", "linger.ms", "20"));
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
            List<Future<?>> sent = new ArrayList<>();
            for (int i = 0; i < messages; i++) {
                of(i).forEach(event -> sent.add(producer.send(record(event))));
            }
            for (Future<?> one : sent) {
                one.get();
            }
        }
    }

    private static List<MailEvent> of(int index) {
        Instant now = Instant.now();
        DomainName domain = DomainName.parse("d" + index % 100 + ".example");
        MessageFacts facts = new MessageFacts(
                MessageIds.at(now),
                now,
                Direction.INBOUND,
                List.of(domain),
                "user" + index + "@partner-" + index % 1_000 + ".example",
                "box" + index % 5_000 + "@" + domain,
                Optional.of("Message number " + index + " of the benchmark"),
                Optional.of("<" + index + "." + now.toEpochMilli() + "@partner.example>"),
                10_240,
                new Upstream(
                        Optional.of(IpAddress.parse("192.0.2." + (index & 0xff))),
                        Optional.of("mail.partner.example"),
                        Optional.of("mx"),
                        TLS,
                        Optional.empty()));
        Hop hop = new Hop(
                "mx.customer.example", Optional.of("198.51.100.7"), 25, TLS, Authentication.NONE, Optional.empty());
        return List.of(
                MailEvent.of(EventKind.RECEIVED, now, facts, 0),
                MailEvent.of(EventKind.QUEUED, now.plusMillis(5), facts, 0),
                MailEvent.of(EventKind.DELIVERED, now.plusMillis(50), facts, 1).withHop(hop));
    }

    private static ProducerRecord<byte[], byte[]> record(MailEvent event) {
        CloudEventRecord told = CloudEventRecord.of(event, "/bench");
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(Topics.EVENTS, told.key().getBytes(StandardCharsets.UTF_8), told.data());
        told.headerBytes().forEach((name, value) -> record.headers().add(name, value));
        return record;
    }
}
