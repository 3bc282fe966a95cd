package io.sekisho.bench.load;

import java.io.IOException;

/** Octets to and from the other side, in clear or not. */
interface Wire extends AutoCloseable {

    /** Blocks for at least one octet; -1 at the end. */
    int read(byte[] target) throws IOException;

    void write(byte[] octets) throws IOException;

    /** Frees what it has, and leaves the socket open. */
    void forget();

    @Override
    void close() throws IOException;
}
