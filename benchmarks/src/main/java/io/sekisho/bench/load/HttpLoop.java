package io.sekisho.bench.load;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

/** The same POST over kept connections, each sending the next when the last was answered. */
public final class HttpLoop {

    private static final int PATIENCE_MILLIS = 20_000;

    private final int port;
    private final int connections;
    private final byte[] request;
    private final Latencies latencies = new Latencies();
    private volatile int answerOctets;

    /**
     * A loop.
     *
     * @param key bearer token, or empty
     */
    public HttpLoop(int port, int connections, String path, String key, String json) {
        this.port = port;
        this.connections = connections;
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        this.request = ("POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
                        + (key.isEmpty() ? "" : "Authorization: Bearer " + key + "\r\n") + "Content-Length: "
                        + body.length + "\r\n\r\n" + json)
                .getBytes(StandardCharsets.UTF_8);
    }

    /** Answers per second. */
    public double rate(Duration span) throws Exception {
        LongAdder answered = new LongAdder();
        long began = System.nanoTime();
        long end = began + span.toNanos();
        Sessions.run(connections, () -> {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                socket.setTcpNoDelay(true);
                socket.setSoTimeout(PATIENCE_MILLIS);
                InputStream in = new BufferedInputStream(socket.getInputStream());
                for (long sent = System.nanoTime(); sent < end; sent = System.nanoTime()) {
                    socket.getOutputStream().write(request);
                    answerOctets = readAnswer(in);
                    latencies.add(System.nanoTime() - sent);
                    answered.increment();
                }
            }
            return null;
        });
        return answered.sum() * 1e9 / (System.nanoTime() - began);
    }

    /** Of all answers so far, in a closed loop: stalls are counted once for each connection, not once for each that would have come. */
    public Latencies latencies() {
        return latencies;
    }

    /** The size of an answer's body. */
    public int answerOctets() {
        return answerOctets;
    }

    private static int readAnswer(InputStream in) throws IOException {
        String status = line(in);
        int length = 0;
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            if (line.regionMatches(true, 0, "content-length:", 0, 15)) {
                length = Integer.parseInt(line.substring(15).strip());
            }
        }
        byte[] body = in.readNBytes(length);
        if (!status.startsWith("HTTP/1.1 200")) {
            throw new ServerRefusal(status + " " + new String(body, StandardCharsets.UTF_8));
        }
        return length;
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new ServerRefusal("the server closed the connection after: " + line);
            }
            line.append((char) c);
        }
        return line.toString().stripTrailing();
    }
}
