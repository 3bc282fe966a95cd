package io.sekisho.egress.dsn;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * One part of a report.
 *
 * @param type with its parameters
 * @param encoding of transfer, which the body has already
 */
// Made to be written out once; never compared.
@SuppressWarnings("ArrayRecordComponent")
record MimePart(String type, String description, String encoding, byte[] body) {

    /** Text for people: as it is where it is ASCII, else UTF-8 in base64, so that every server can take it. */
    static MimePart text(String description, String text) {
        return SafeText.isAscii(text)
                ? new MimePart("text/plain; charset=us-ascii", description, "7bit", bytes(text))
                : new MimePart(
                        "text/plain; charset=utf-8",
                        description,
                        "base64",
                        Base64.getMimeEncoder().encode(bytes(text)));
    }

    /** Fields, as they are: 8bit where they are not ASCII. */
    static MimePart fields(String type, String description, String fields) {
        return new MimePart(type, description, SafeText.isAscii(fields) ? "7bit" : "8bit", bytes(fields));
    }

    void writeTo(ByteArrayOutputStream message, String boundary) {
        message.writeBytes(bytes("--" + boundary + "\r\nContent-Type: " + type + "\r\nContent-Description: "
                + description + "\r\nContent-Transfer-Encoding: " + encoding + "\r\n\r\n"));
        message.writeBytes(body);
        message.writeBytes(bytes("\r\n"));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
