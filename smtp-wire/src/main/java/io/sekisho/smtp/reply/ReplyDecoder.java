package io.sekisho.smtp.reply;

import io.sekisho.smtp.reply.DecodedReply.Complete;
import io.sekisho.smtp.reply.DecodedReply.Fault;
import io.sekisho.smtp.reply.DecodedReply.Malformed;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads a server's replies from bytes, in whatever pieces they arrive (RFC 5321 §4.2).
 *
 * <p>Stricter than the standard nowhere, laxer where live servers are: a line may be longer than 512 octets and may end
 * with LF alone. Memory is bounded by {@link #MAX_REPLY_OCTETS}.
 *
 * <p><i>Lifecycle:</i> one per connection, also across TLS ({@link #reset()}). After a malformed reply every call
 * returns it again. <i>Thread safety:</i> none; confined to the connection's event loop.
 */
public final class ReplyDecoder {

    /** Longest line taken, line end excluded: four times RFC 5321 §4.5.3.1.5. */
    public static final int MAX_LINE_OCTETS = 2048;

    /** Most octets of one reply taken. */
    public static final int MAX_REPLY_OCTETS = 64 * 1024;

    private final byte[] line = new byte[MAX_LINE_OCTETS];
    private int length;
    private boolean pendingCr;
    private int replyOctets;
    private int code;
    private final List<String> texts = new ArrayList<>();
    private Malformed malformed;

    /**
     * Consumes bytes up to the end of one reply.
     *
     * @param input is left after the reply's last octet, so that what follows it can be seen by the caller
     * @return empty if all of the input was consumed and the reply is not yet whole
     */
    public Optional<DecodedReply> decode(ByteBuffer input) {
        while (malformed == null && input.hasRemaining()) {
            Optional<DecodedReply> reply = octet(input.get());
            if (reply.isPresent()) {
                return reply;
            }
        }
        return Optional.ofNullable(malformed);
    }

    /** True between the first octet of a reply and its end: a connection that closes now was cut in mid-reply. */
    public boolean isMidReply() {
        return length > 0 || pendingCr || !texts.isEmpty();
    }

    /** Forgets a reply begun, as both sides must when TLS starts (RFC 3207 §4.2). */
    public void reset() {
        length = 0;
        pendingCr = false;
        malformed = null;
        forgetReply();
    }

    private Optional<DecodedReply> octet(byte octet) {
        if (++replyOctets > MAX_REPLY_OCTETS) {
            return fail(Fault.REPLY_TOO_LONG);
        }
        if (octet == '\n') {
            pendingCr = false;
            return endOfLine();
        }
        if (pendingCr || octet == 0) {
            return fail(Fault.CONTROL_CHARACTER);
        }
        if (octet == '\r') {
            pendingCr = true;
            return Optional.empty();
        }
        if (length == line.length) {
            return fail(Fault.LINE_TOO_LONG);
        }
        line[length++] = octet;
        return Optional.empty();
    }

    private Optional<DecodedReply> endOfLine() {
        int lineCode = codeOfLine();
        if (lineCode < 0) {
            return fail(Fault.NO_REPLY_CODE);
        }
        // RFC 5321 §4.2: a client takes a line that is a bare code.
        byte separator = length == 3 ? (byte) ' ' : line[3];
        if (separator != ' ' && separator != '-') {
            return fail(Fault.NO_SEPARATOR);
        }
        if (!texts.isEmpty() && lineCode != code) {
            return fail(Fault.CODES_DIFFER);
        }
        if (texts.size() == SmtpReply.MAX_LINES) {
            return fail(Fault.REPLY_TOO_LONG);
        }
        code = lineCode;
        texts.add(length > 4 ? new String(line, 4, length - 4, StandardCharsets.UTF_8) : "");
        length = 0;
        if (separator == '-') {
            return Optional.empty();
        }
        SmtpReply reply = reply(code, texts);
        forgetReply();
        return Optional.of(new Complete(reply));
    }

    private int codeOfLine() {
        if (length < 3 || line[0] < '2' || line[0] > '5' || !isDigit(line[1]) || !isDigit(line[2])) {
            return -1;
        }
        return (line[0] - '0') * 100 + (line[1] - '0') * 10 + line[2] - '0';
    }

    private static boolean isDigit(byte octet) {
        return octet >= '0' && octet <= '9';
    }

    // RFC 2034 §4: the status stands at the start of every line; one that contradicts the code is only text.
    private static SmtpReply reply(int code, List<String> texts) {
        Optional<EnhancedStatus> status = statusOf(texts.getFirst()).filter(found -> found.statusClass() == code / 100);
        if (status.isEmpty()) {
            return new SmtpReply(code, Optional.empty(), texts);
        }
        String prefix = status.get().toString();
        List<String> stripped = texts.stream()
                .map(text -> text.equals(prefix) || text.startsWith(prefix + " ")
                        ? text.substring(prefix.length()).stripLeading()
                        : text)
                .toList();
        return new SmtpReply(code, status, stripped);
    }

    private static Optional<EnhancedStatus> statusOf(String text) {
        int space = text.indexOf(' ');
        return EnhancedStatus.parse(space < 0 ? text : text.substring(0, space));
    }

    private Optional<DecodedReply> fail(Fault fault) {
        String excerpt = new String(line, 0, Math.min(length, 100), StandardCharsets.US_ASCII);
        malformed = new Malformed(fault, excerpt.replaceAll("[^\\x20-\\x7e]", "?"));
        return Optional.of(malformed);
    }

    private void forgetReply() {
        texts.clear();
        replyOctets = 0;
    }
}
