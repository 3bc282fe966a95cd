package io.sekisho.bench.stage;

import io.sekisho.localstack.StackFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Waits for {@code /q/health/ready}, asking often, as start-up is measured by it. */
public final class Readiness {

    private static final byte[] QUESTION = "GET /q/health/ready HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final long PAUSE_NANOS = 10_000_000;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int ANSWER_MILLIS = 5_000;

    private Readiness() {}

    /**
     * Returns when the answer is 200.
     *
     * @param alive throws when there is nothing to wait for any more
     */
    public static void await(String what, int port, Runnable alive) {
        long began = System.nanoTime();
        while (!isReady(port)) {
            alive.run();
            if (System.nanoTime() - began > PATIENCE.toNanos()
                    || Thread.currentThread().isInterrupted()) {
                throw new StackFailure(what + " was not ready within " + PATIENCE.toSeconds() + " s");
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private static boolean isReady(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(ANSWER_MILLIS);
            socket.getOutputStream().write(QUESTION);
            String line = new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
            return line.endsWith(" 200");
        } catch (IOException notYet) {
            return false;
        }
    }
}
