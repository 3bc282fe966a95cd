package io.sekisho.smtp.command;

import io.sekisho.smtp.command.CommandLine.Malformed;
import io.sekisho.smtp.command.CommandLine.Text;
import io.sekisho.smtp.command.CommandLine.TooLong;
import io.sekisho.smtp.command.CommandLine.Violation;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Cuts a client's bytes into command lines, in whatever pieces they arrive. A line too long is skipped to its end and
 * reported once, so that memory stays bounded by the limit and the session stays usable.
 *
 * <p><i>Lifecycle:</i> one per connection; {@link #reset()} when TLS starts. <i>Thread safety:</i> none.
 */
public final class CommandLineDecoder {

    /**
     * Longest command line in octets, CRLF included: the 512 of RFC 5321 §4.5.3.1.4 and what the extensions add to
     * MAIL, the longest command: SIZE 26 (RFC 1870 §3), BODY 17 (RFC 6152 §2), SMTPUTF8 10 (RFC 6531 §3.1), AUTH 500
     * (RFC 4954 §3), RET and ENVID 9 + 107 (RFC 3461 §4.3, §4.4). RCPT with ORCPT (500, RFC 3461 §4.2) is shorter.
     */
    public static final int MAX_LINE_OCTETS = 512 + 26 + 17 + 10 + 500 + 9 + 107;

    private final byte[] line;
    private int length;
    private long octets;
    private boolean pendingCr;
    private Violation violation;

    public CommandLineDecoder() {
        this(MAX_LINE_OCTETS);
    }

    /** A decoder with a limit of its own, in octets, CRLF included. */
    public CommandLineDecoder(int maxLineOctets) {
        // Without the line end: a line that ends with LF alone is malformed whatever its length.
        line = new byte[maxLineOctets - 2];
    }

    /**
     * Consumes bytes up to the end of one line.
     *
     * @param input is left after the line's LF: what follows DATA or STARTTLS is not a command and must not be read as
     *     one
     * @return empty if all of the input was consumed and the line is not yet whole
     */
    public Optional<CommandLine> decode(ByteBuffer input) {
        while (input.hasRemaining()) {
            byte octet = input.get();
            octets++;
            if (octet == '\n') {
                return Optional.of(endOfLine());
            }
            if (pendingCr) {
                violate(Violation.BARE_CR);
            }
            pendingCr = octet == '\r';
            if (octet == 0) {
                violate(Violation.NUL);
            }
            if (!pendingCr && octets <= line.length) {
                line[length++] = octet;
            }
        }
        return Optional.empty();
    }

    /** Octets of the unfinished line; a server closes a connection whose line never ends. */
    public long pendingOctets() {
        return octets;
    }

    /** Forgets a line begun: nothing received before a TLS handshake survives it (RFC 3207 §4.2). */
    public void reset() {
        length = 0;
        octets = 0;
        pendingCr = false;
        violation = null;
    }

    private CommandLine endOfLine() {
        if (!pendingCr) {
            violate(Violation.BARE_LF);
        }
        CommandLine result;
        if (octets > line.length + 2L) {
            result = new TooLong(octets);
        } else if (violation != null) {
            result = new Malformed(violation);
        } else {
            result = text();
        }
        reset();
        return result;
    }

    private CommandLine text() {
        try {
            return new Text(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(line, 0, length))
                    .toString());
        } catch (CharacterCodingException notUtf8) {
            return new Malformed(Violation.NOT_UTF8);
        }
    }

    private void violate(Violation found) {
        if (violation == null) {
            violation = found;
        }
    }
}
