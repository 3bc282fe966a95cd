package io.sekisho.localstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sekisho.mail.topic.TopicSettings;
import io.sekisho.mail.topic.Topics;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each server starts, answers, keeps what it promised through {@code kill -9}, and really runs with the settings that make it so. */
class InfrastructureTest {
    @TempDir
    static Path directory;

    private static Infrastructure stack;

    @BeforeAll
    static void start() {
        stack = LocalStack.with(EnumSet.allOf(Piece.class))
                .dataDirectory(directory)
                .start();
    }

    @AfterAll
    static void stop() {
        stack.close();
        LocalStack.forgetVolumes(directory);
    }

    @Test
    void postgresSyncsWhatItCommits() throws SQLException {
        assertThat(show("fsync")).isEqualTo("on");
        assertThat(show("synchronous_commit")).isEqualTo("on");
        assertThat(show("full_page_writes")).isEqualTo("on");
    }

    @Test
    void everyDatabaseIsThere() throws SQLException {
        for (Database database : Database.values()) {
            try (Connection connection = connect(database)) {
                assertThat(connection.getCatalog()).isEqualTo(database.databaseName());
            }
        }
    }

    @Test
    void redisKeepsAnAppendOnlyFileAndEvictsNothing() throws IOException {
        assertThat(redis("CONFIG GET appendonly")).contains("yes");
        assertThat(redis("CONFIG GET appendfsync")).contains("everysec");
        assertThat(redis("CONFIG GET maxmemory-policy")).contains("noeviction");
    }

    @Test
    void committedRowsSurviveKillingPostgres() throws SQLException {
        try (Connection connection = connect(Database.POLICY)) {
            connection.createStatement().execute("CREATE TABLE kept AS SELECT 'still here' AS what");
        }

        stack.kill(Piece.POSTGRES);
        assertThatThrownBy(() -> connect(Database.POLICY)).isInstanceOf(SQLException.class);
        assertThatThrownBy(stack::requireAlive)
                .isInstanceOf(StackFailure.class)
                .hasMessageContaining("postgres")
                .hasMessageContaining("ended with exit code 137");
        stack.restart(Piece.POSTGRES);

        try (Connection connection = connect(Database.POLICY);
                ResultSet row = connection.createStatement().executeQuery("SELECT what FROM kept")) {
            assertThat(row.next()).isTrue();
            assertThat(row.getString(1)).isEqualTo("still here");
        }
    }

    @Test
    void answeredWritesSurviveKillingRedis() throws IOException {
        redis("SET kept still-here");

        stack.kill(Piece.REDIS);
        stack.restart(Piece.REDIS);

        assertThat(redis("GET kept")).contains("still-here");
    }

    @Test
    void acknowledgedRecordsSurviveKillingKafka() throws Exception {
        Map<String, Object> producing = Map.of("bootstrap.servers", stack.bootstrapServers(), "acks", "all");
        RecordMetadata written;
        try (var producer = new KafkaProducer<>(producing, new StringSerializer(), new StringSerializer())) {
            written = producer.send(new ProducerRecord<>(Topics.QUEUE, "still here"))
                    .get();
        }

        stack.kill(Piece.KAFKA);
        stack.restart(Piece.KAFKA);

        TopicPartition partition = new TopicPartition(written.topic(), written.partition());
        Map<String, Object> consuming = Map.of("bootstrap.servers", stack.bootstrapServers());
        try (var consumer = new KafkaConsumer<>(consuming, new StringDeserializer(), new StringDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seek(partition, written.offset());
            assertThat(consumer.poll(Duration.ofSeconds(20)).records(partition))
                    .extracting(ConsumerRecord::value)
                    .containsExactly("still here");
        }
    }

    @Test
    void pausedServerAnswersOnlyWhenResumed() throws IOException {
        stack.pause(Piece.REDIS);
        try {
            assertThatThrownBy(() -> RedisPing.ask("127.0.0.1", stack.port(Piece.REDIS)))
                    .isInstanceOf(SocketTimeoutException.class);
        } finally {
            stack.resume(Piece.REDIS);
        }
        assertThat(redis("PING")).contains("PONG");
    }

    @Test
    void configurationHasTheKeysThatQuarkusReads() {
        assertThat(stack.configuration(Database.TRACKING))
                .containsEntry("kafka.bootstrap.servers", "127.0.0.1:" + stack.port(Piece.KAFKA))
                .containsEntry("quarkus.redis.hosts", "redis://127.0.0.1:" + stack.port(Piece.REDIS))
                .containsEntry(
                        "quarkus.datasource.jdbc.url",
                        "jdbc:postgresql://127.0.0.1:" + stack.port(Piece.POSTGRES) + "/sekisho_tracking")
                .containsEntry(
                        "quarkus.datasource.reactive.url",
                        "postgresql://127.0.0.1:" + stack.port(Piece.POSTGRES) + "/sekisho_tracking")
                .containsEntry("quarkus.datasource.username", "sekisho")
                .containsEntry("quarkus.datasource.password", stack.password());
    }

    @Test
    void secondStackInTheSameDirectoryIsRefused() {
        LocalStack second = LocalStack.with(EnumSet.noneOf(Piece.class)).dataDirectory(directory);

        assertThatThrownBy(second::start)
                .isInstanceOf(StackFailure.class)
                .hasMessageContaining("Another stack is running in " + directory)
                .hasMessageContaining("--data-dir");
    }

    @Test
    void mailTopicsAreFlushedBeforeTheAcknowledgement() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", stack.bootstrapServers()))) {
            for (String topic : Topics.ALL) {
                ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
                Map<String, String> settings = new TreeMap<>();
                admin.describeConfigs(List.of(resource))
                        .all()
                        .get()
                        .get(resource)
                        .entries()
                        .forEach(entry -> settings.put(entry.name(), entry.value()));
                assertThat(TopicSettings.singleBroker(topic).differences(settings))
                        .as(topic)
                        .isEmpty();
                if (Topics.HOLDING_MAIL.contains(topic)) {
                    assertThat(settings).as(topic).containsEntry("flush.messages", "1");
                }
            }
        }
    }

    private static String show(String setting) throws SQLException {
        try (Connection connection = connect(Database.QUEUE);
                ResultSet row = connection.createStatement().executeQuery("SHOW " + setting)) {
            assertThat(row.next()).isTrue();
            return row.getString(1);
        }
    }

    private static Connection connect(Database database) throws SQLException {
        return DriverManager.getConnection(stack.jdbcUrl(database), stack.username(), stack.password());
    }

    private static String redis(String command) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), stack.port(Piece.REDIS))) {
            socket.getOutputStream().write((command + "\r\nQUIT\r\n").getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
        }
    }
}
