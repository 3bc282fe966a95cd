package io.sekisho.bench.load;

import java.io.IOException;

/** The server answered what no load can go on with. */
public final class ServerRefusal extends IOException {
    private static final long serialVersionUID = 1L;

    ServerRefusal(String message) {
        super(message);
    }
}
