package io.sekisho.bench.tracking;

import io.sekisho.localstack.Database;
import io.sekisho.localstack.Infrastructure;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** tracking-service's database, asked behind its back. Not thread-safe. */
final class TrackingDatabase implements AutoCloseable {

    private final Connection connection;

    TrackingDatabase(Infrastructure infrastructure) throws SQLException {
        connection = DriverManager.getConnection(
                infrastructure.jdbcUrl(Database.TRACKING), infrastructure.username(), infrastructure.password());
    }

    Connection connection() {
        return connection;
    }

    void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    long number(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException gone) {
            // With the database.
        }
    }
}
