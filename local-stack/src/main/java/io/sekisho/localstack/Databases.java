package io.sekisho.localstack;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;

/** Makes the gateway's databases where they are missing. Their tables are the services' business. */
final class Databases {
    private static final String TIMEOUT_SECONDS = "5";

    private Databases() {}

    /** Fails while PostgreSQL is starting; may be called again. */
    static void create(String host, int port, String password) throws SQLException {
        Properties login = new Properties();
        login.setProperty("user", PostgresSettings.USERNAME);
        login.setProperty("password", password);
        login.setProperty("connectTimeout", TIMEOUT_SECONDS);
        login.setProperty("loginTimeout", TIMEOUT_SECONDS);
        try (Connection connection =
                DriverManager.getConnection("jdbc:postgresql://" + host + ":" + port + "/postgres", login)) {
            for (Database database : Database.values()) {
                if (!exists(connection, database)) {
                    try (Statement statement = connection.createStatement()) {
                        statement.execute("CREATE DATABASE " + database.databaseName());
                    }
                }
            }
        }
    }

    private static boolean exists(Connection connection, Database database) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("SELECT 1 FROM pg_database WHERE datname = ?")) {
            query.setString(1, database.databaseName());
            try (ResultSet rows = query.executeQuery()) {
                return rows.next();
            }
        }
    }
}
