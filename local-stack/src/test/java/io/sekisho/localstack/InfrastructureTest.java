package io.sekisho.localstack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
    void mailTopicsAreFlushedBeforeTheAcknowledgement() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", stack.bootstrapServers()))) {
            for (String topic : List.of("sekisho.mail.queue", "sekisho.mail.content")) {
                ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
                Map<String, String> settings = new TreeMap<>();
                admin.describeConfigs(List.of(resource))
                        .all()
                        .get()
                        .get(resource)
                        .entries()
                        .forEach(entry -> settings.put(entry.name(), entry.value()));
                assertThat(settings)
                        .as(topic)
                        .containsEntry("flush.messages", "1")
                        .containsEntry("message.timestamp.type", "LogAppendTime")
                        .containsEntry("max.message.bytes", "4194304")
                        .containsEntry("segment.bytes", "67108864")
                        .containsEntry("segment.ms", "600000");
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
