package io.sekisho.bench.policy;

import io.sekisho.bench.load.Latencies;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * XADD on one connection until XREAD BLOCK on another has the entry; inline commands, so that no client is in between.
 *
 * @param port of Redis on 127.0.0.1
 */
record RedisRoundTrip(int port) {

    private static final String STREAM = "bench:round-trip";
    private static final int PATIENCE_MILLIS = 10_000;
    /** Time for the reader to be blocked before the entry comes. */
    private static final long LEAD_NANOS = 2_000_000;
    /** Lines of an answer to XREAD with one stream, one entry, one field. */
    private static final int ANSWER_LINES = 13;

    Latencies run(Duration span) throws IOException {
        Latencies latencies = new Latencies();
        long end = System.nanoTime() + span.toNanos();
        try (Socket writing = connect();
                Socket reading = connect()) {
            BufferedReader entries = reader(reading);
            BufferedReader ids = reader(writing);
            do {
                say(reading, "XREAD BLOCK 5000 STREAMS " + STREAM + " $");
                LockSupport.parkNanos(LEAD_NANOS);
                long began = System.nanoTime();
                say(writing, "XADD " + STREAM + " MAXLEN ~ 100 * kind domain");
                lines(entries, ANSWER_LINES);
                latencies.add(System.nanoTime() - began);
                lines(ids, 2);
            } while (System.nanoTime() < end);
        }
        return latencies;
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MILLIS);
        return socket;
    }

    private static BufferedReader reader(Socket socket) throws IOException {
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
    }

    private static void say(Socket socket, String command) throws IOException {
        socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    private static void lines(BufferedReader answer, int number) throws IOException {
        for (int i = 0; i < number; i++) {
            String line = answer.readLine();
            if (line == null || line.startsWith("-")) {
                throw new IOException("Redis answered " + line);
            }
        }
    }
}
