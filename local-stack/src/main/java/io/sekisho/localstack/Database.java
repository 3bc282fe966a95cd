package io.sekisho.localstack;

/** The databases of the gateway; each belongs to one service. */
public enum Database {
    POLICY("sekisho_policy"),
    QUEUE("sekisho_queue"),
    TRACKING("sekisho_tracking");

    private final String databaseName;

    Database(String databaseName) {
        this.databaseName = databaseName;
    }

    /** The name inside PostgreSQL. */
    public String databaseName() {
        return databaseName;
    }
}
