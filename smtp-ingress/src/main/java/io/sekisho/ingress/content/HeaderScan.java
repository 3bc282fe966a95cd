package io.sekisho.ingress.content;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Reads the header section of a message as it streams by: counts the Received fields and captures Subject and
 * Message-ID, unfolded (RFC 5322 §2.2.3). The first field of a name counts. Memory is bounded whatever the header holds.
 *
 * <pre>
 *          name character          ':'            CRLF
 *  LINE_START ─────▶ NAME ─────────────▶ VALUE ──────────▶ LINE_START
 *    │   │ SP, TAB: VALUE, the field goes on
 *    │   └ CR, or no field: BODY, nothing more is read
 * </pre>
 *
 * <p><b>Thread safety:</b> none. <b>Lifecycle:</b> one per message.
 */
public final class HeaderScan {

    private enum State {
        LINE_START,
        NAME,
        /** White space between name and colon, which obsolete syntax permits (RFC 5322 §4.5.3). */
        BEFORE_COLON,
        VALUE,
        BODY
    }

    private static final int LONGEST_NAME_OF_INTEREST = "message-id".length();

    private final StringBuilder name = new StringBuilder(LONGEST_NAME_OF_INTEREST + 1);
    private State state = State.LINE_START;
    private FieldBody subject;
    private FieldBody messageId;
    private FieldBody capturing;
    private int receivedFields;

    /**
     * Reads on.
     *
     * @param content the next octets, with CRLF line ends only
     */
    public void scan(ByteBuffer content) {
        while (state != State.BODY && content.hasRemaining()) {
            octet(content.get());
        }
    }

    /** The body of the Subject field, cut at 998 octets. */
    public Optional<String> subject() {
        return Optional.ofNullable(subject).map(FieldBody::text);
    }

    /** The body of the Message-ID field, cut at 998 octets. */
    public Optional<String> messageId() {
        return Optional.ofNullable(messageId).map(FieldBody::text);
    }

    /** How many hosts the message has passed (RFC 5321 §6.3). */
    public int receivedFields() {
        return receivedFields;
    }

    private void octet(byte octet) {
        switch (state) {
            case LINE_START -> lineStart(octet);
            case NAME -> {
                if (octet == ':') {
                    fieldBegins();
                } else if (octet == ' ' || octet == '\t') {
                    state = State.BEFORE_COLON;
                } else if (isNameCharacter(octet)) {
                    appendName(octet);
                } else {
                    state = State.BODY;
                }
            }
            case BEFORE_COLON -> {
                if (octet == ':') {
                    fieldBegins();
                } else if (octet != ' ' && octet != '\t') {
                    state = State.BODY;
                }
            }
            case VALUE -> {
                if (octet == '\n') {
                    state = State.LINE_START;
                } else if (octet != '\r' && capturing != null) {
                    capturing.append(octet);
                }
            }
            case BODY -> throw new IllegalStateException("the body is not scanned");
        }
    }

    private void lineStart(byte octet) {
        if (octet == ' ' || octet == '\t') {
            // A folded line; before any field it belongs to nothing.
            if (capturing != null) {
                capturing.append(octet);
            }
            state = State.VALUE;
        } else if (isNameCharacter(octet)) {
            name.setLength(0);
            appendName(octet);
            state = State.NAME;
        } else {
            // The empty line, or what is no header at all.
            state = State.BODY;
        }
    }

    private void fieldBegins() {
        capturing = null;
        switch (name.toString()) {
            case "received" -> receivedFields++;
            case "subject" -> {
                if (subject == null) {
                    subject = capturing = new FieldBody();
                }
            }
            case "message-id" -> {
                if (messageId == null) {
                    messageId = capturing = new FieldBody();
                }
            }
            default -> {
                // Of no interest.
            }
        }
        state = State.VALUE;
    }

    private void appendName(byte octet) {
        if (name.length() <= LONGEST_NAME_OF_INTEREST) {
            boolean upper = octet >= 'A' && octet <= 'Z';
            name.append((char) (upper ? octet + ('a' - 'A') : octet));
        }
    }

    // RFC 5322 §2.2: printable US-ASCII but the colon.
    private static boolean isNameCharacter(byte octet) {
        return octet > ' ' && octet < 0x7f && octet != ':';
    }
}
