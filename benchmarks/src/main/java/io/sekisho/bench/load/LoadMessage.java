package io.sekisho.bench.load;

import java.nio.charset.StandardCharsets;

/** A message as it goes over the wire, made once. */
public final class LoadMessage {

    private static final int LINE = 78;

    private final byte[] commands;
    private final byte[] content;

    private LoadMessage(String commands, String content) {
        this.commands = ascii(commands);
        this.content = ascii(content);
    }

    /**
     * A message of one recipient.
     *
     * @param size of the content in octets, 200 or more
     */
    public static LoadMessage of(String reversePath, String forwardPath, int size) {
        StringBuilder content = new StringBuilder(size + 8)
                .append("From: <")
                .append(reversePath)
                .append(">\r\nTo: <")
                .append(forwardPath)
                .append(">\r\nSubject: a message of the load generator\r\n\r\n");
        while (content.length() < size) {
            int length = Math.clamp(size - content.length() - 2L, 0, LINE);
            content.append("x".repeat(length)).append("\r\n");
        }
        return new LoadMessage(
                "MAIL FROM:<" + reversePath + ">\r\nRCPT TO:<" + forwardPath + ">\r\nDATA\r\n", content + ".\r\n");
    }

    /** MAIL, RCPT and DATA in one piece (RFC 2920). */
    byte[] commands() {
        return commands;
    }

    /** With its final dot. */
    byte[] content() {
        return content;
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
