package io.sekisho.localstack;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/** TCP ports of the loopback interface. */
public final class LocalPorts {
    /** Below the range from which Linux takes the ports of outgoing connections, so that none of these takes ours away in the meantime. */
    private static final int FIRST = 20_000;

    private static final int LAST = 32_000;
    private static final byte[] LOOPBACK = {127, 0, 0, 1};
    private static final int TRIES = 1_000;
    private static final Set<Integer> HANDED_OUT = ConcurrentHashMap.newKeySet();

    private LocalPorts() {}

    /** A port on which nothing listens now and which this JVM was not given before. */
    public static int free() {
        for (int i = 0; i < TRIES; i++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, LAST);
            if (isFree(port) && HANDED_OUT.add(port)) {
                return port;
            }
        }
        throw new StackFailure("No free TCP port between " + FIRST + " and " + LAST + " was found on 127.0.0.1.");
    }

    /** Whether a server could listen on this port of 127.0.0.1 now. */
    public static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }

    /**
     * Says which port is taken and how to choose another.
     *
     * @param owner what would have listened there, as the user knows it
     * @param option the option that chooses another port, e.g. {@code --port-postgres}
     */
    public static void requireFree(int port, String owner, String option) {
        if (!isFree(port)) {
            throw new StackFailure("Port " + port + " of 127.0.0.1, where " + owner + " is to listen, is in use."
                    + " End what uses it, choose another port with " + option
                    + "=<port>, or let free ports be chosen with --free-ports.");
        }
    }
}
