package io.sekisho.localstack;

/** One server of the infrastructure. */
public enum Piece {
    KAFKA("kafka", "Kafka"),
    POSTGRES("postgres", "PostgreSQL"),
    REDIS("redis", "Redis");

    private final String id;
    private final String title;

    Piece(String id, String title) {
        this.id = id;
        this.title = title;
    }

    /** The name in options, file names and logs: {@code kafka}, {@code postgres}, {@code redis}. */
    public String id() {
        return id;
    }

    /** The name as its makers write it. */
    public String title() {
        return title;
    }
}
