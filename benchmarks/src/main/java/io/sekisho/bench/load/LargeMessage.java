package io.sekisho.bench.load;

/** A message that is made while it is sent: the same piece of text, over and over. */
public final class LargeMessage {

    static final byte[] END = LoadMessage.ascii(".\r\n");

    private static final int PIECE = 64 * 1024;
    private static final String LINE = "x".repeat(62) + "\r\n";

    private final byte[] commands;
    private final byte[] header;
    private final byte[] piece = LoadMessage.ascii(LINE.repeat(PIECE / LINE.length()));
    private final int pieces;

    private LargeMessage(String commands, String header, int pieces) {
        this.commands = LoadMessage.ascii(commands);
        this.header = LoadMessage.ascii(header);
        this.pieces = pieces;
    }

    /**
     * A message of one recipient.
     *
     * @param size of the content in octets; it is met within 64 KiB, from below
     */
    public static LargeMessage of(String reversePath, String forwardPath, int size) {
        return new LargeMessage(
                "MAIL FROM:<" + reversePath + ">\r\nRCPT TO:<" + forwardPath + ">\r\nDATA\r\n",
                "Subject: a large message of the load generator\r\n\r\n",
                size / PIECE);
    }

    byte[] commands() {
        return commands;
    }

    byte[] header() {
        return header;
    }

    byte[] piece() {
        return piece;
    }

    int pieces() {
        return pieces;
    }

    /** Sends it over so many connections at once; returns when all were taken. */
    public void send(int port, SessionKind kind, int connections) throws Exception {
        Sessions.run(connections, () -> {
            SmtpConnection connection = SmtpConnection.open(port, kind);
            try {
                connection.send(this);
                connection.quit();
            } finally {
                connection.close();
            }
            return null;
        });
    }
}
