package io.sekisho.smtp.tls;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Reads the key-exchange group out of a server's first flight, which is plain text in every version: the key_share of
 * ServerHello (RFC 8446 §4.2.8) or the curve of ServerKeyExchange (RFC 8422 §5.4). No TLS library here tells it.
 *
 * <p>It only looks on: whatever the octets are, it never fails, and it keeps at most {@value #MAX_KEPT} of them.
 *
 * <p><i>Lifecycle:</i> one per handshake. <i>Thread safety:</i> none.
 */
final class ServerFlightReader {

    private static final int HANDSHAKE_RECORD = 22;
    private static final int SERVER_HELLO = 2;
    private static final int SERVER_KEY_EXCHANGE = 12;
    private static final int SERVER_HELLO_DONE = 14;
    private static final int NAMED_CURVE = 3;
    private static final int KEY_SHARE = 51;

    // A ServerHello with the largest key share of today has about 1.7 KB.
    private static final int MAX_KEPT = 4096;

    private final byte[] message = new byte[MAX_KEPT];
    private final byte[] recordHeader = new byte[5];
    private int recordHeaderLength;
    private int recordLeft;
    private int messageLength;
    private int messageLeft;
    private boolean done;
    private String group;

    /** Looks at further octets of the server. */
    void read(ByteBuffer octets) {
        while (!done && octets.hasRemaining()) {
            byte octet = octets.get();
            if (recordLeft > 0) {
                recordLeft--;
                handshakeOctet(octet);
            } else {
                recordHeader[recordHeaderLength++] = octet;
                if (recordHeaderLength == recordHeader.length) {
                    recordHeaderLength = 0;
                    // An alert, a change of cipher: behind it nothing is plain.
                    done = recordHeader[0] != HANDSHAKE_RECORD;
                    recordLeft = unsigned16(recordHeader, 3);
                }
            }
        }
    }

    /** The group's name, once it has been seen; RSA key transport and resumed sessions have none. */
    Optional<String> group() {
        return Optional.ofNullable(group);
    }

    /** True once there is nothing more to learn. */
    boolean isDone() {
        return done;
    }

    private void handshakeOctet(byte octet) {
        if (messageLength < message.length) {
            message[messageLength] = octet;
        }
        messageLength++;
        if (messageLength == 4) {
            messageLeft = ((message[1] & 0xff) << 16) | unsigned16(message, 2);
        } else if (messageLength > 4) {
            messageLeft--;
        }
        if (messageLength >= 4 && messageLeft == 0) {
            wholeMessage(Math.min(messageLength, message.length));
            messageLength = 0;
        }
    }

    private void wholeMessage(int length) {
        switch (message[0]) {
            case SERVER_HELLO -> serverHello(length);
            case SERVER_KEY_EXCHANGE -> {
                if (length >= 7 && message[4] == NAMED_CURVE) {
                    group = KeyExchangeGroup.name(unsigned16(message, 5));
                }
                done = true;
            }
            case SERVER_HELLO_DONE -> done = true;
            default -> {
                // Certificate, CertificateStatus and others stand between.
            }
        }
    }

    // RFC 8446 §4.1.3: version 2, random 32, session id, cipher suite 2, compression 1, extensions.
    private void serverHello(int length) {
        int at = 4 + 2 + 32;
        if (length <= at) {
            return;
        }
        at += 1 + (message[at] & 0xff) + 2 + 1 + 2;
        while (at + 4 <= length) {
            int type = unsigned16(message, at);
            int size = unsigned16(message, at + 2);
            if (type == KEY_SHARE && size >= 2 && at + 6 <= length) {
                group = KeyExchangeGroup.name(unsigned16(message, at + 4));
                done = true;
                return;
            }
            at += 4 + size;
        }
    }

    private static int unsigned16(byte[] octets, int at) {
        return ((octets[at] & 0xff) << 8) | (octets[at + 1] & 0xff);
    }
}
