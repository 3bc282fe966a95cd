package io.sekisho.smtp.proxy;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Cuts the header off a connection's first octets, in whatever pieces they arrive: version 2 by its signature, else version
 * 1, which must begin with {@code PROXY}.
 *
 * <p><i>Lifecycle:</i> one per connection. <i>Thread safety:</i> none.
 */
public final class ProxyHeaderDecoder {

    /** The longest header taken, in octets; version 2 could name 64 KiB, of which nobody has use for more than this. */
    public static final int LONGEST = 4_096;

    private final byte[] header = new byte[LONGEST];
    private int length;

    /**
     * Consumes octets up to the end of the header.
     *
     * @param input is left behind the header: what remains is the client's
     * @return empty if all of the input was consumed and the header is not yet whole
     */
    public Optional<ProxyHeader> decode(ByteBuffer input) {
        while (input.hasRemaining()) {
            if (length == LONGEST) {
                return Optional.of(new ProxyHeader.Malformed("the header does not end"));
            }
            header[length++] = input.get();
            Optional<ProxyHeader> decoded = header[0] == VersionTwo.SIGNATURE[0]
                    ? VersionTwo.read(header, length)
                    : VersionOne.read(header, length);
            if (decoded.isPresent()) {
                return decoded;
            }
        }
        return Optional.empty();
    }
}
