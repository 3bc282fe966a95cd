package io.sekisho.testkit.fault;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;

/** Carries octets one way and injects the connection's fault. One thread. */
final class Pump {

    private final Socket from;
    private final Socket to;
    private final Direction direction;
    private final Fault fault;
    private final StartTlsStripper stripper = new StartTlsStripper();
    private long passed;

    Pump(Socket from, Socket to, Direction direction, Fault fault) {
        this.from = from;
        this.to = to;
        this.direction = direction;
        this.fault = fault;
    }

    void run() {
        byte[] buffer = new byte[16 * 1024];
        try {
            InputStream input = from.getInputStream();
            OutputStream output = to.getOutputStream();
            for (int length = input.read(buffer); length >= 0; length = input.read(buffer)) {
                if (!pass(buffer, length, output)) {
                    return;
                }
            }
            to.shutdownOutput();
        } catch (IOException gone) {
            reset(from);
            reset(to);
        }
    }

    /** Passes a piece on; false once the connection is cut. */
    private boolean pass(byte[] buffer, int length, OutputStream output) throws IOException {
        switch (fault) {
            case Fault.StripStartTls()
            when direction == Direction.TO_CLIENT -> {
                stripper.strip(buffer, length);
                output.write(buffer, 0, length);
            }
            case Fault.CutAfter(Direction of, long octets)
            when of == direction -> {
                int allowed = allowed(octets, length);
                output.write(buffer, 0, allowed);
                if (passed >= octets) {
                    reset(to);
                    reset(from);
                    return false;
                }
            }
            // What is over the limit is read and dropped, so that the sender does not notice either.
            case Fault.StallAfter(Direction of, long octets)
            when of == direction -> output.write(buffer, 0, allowed(octets, length));
            default -> output.write(buffer, 0, length);
        }
        return true;
    }

    private int allowed(long limit, int length) {
        int allowed = (int) Math.min(length, Math.max(0, limit - passed));
        passed += allowed;
        return allowed;
    }

    private static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException alreadyGone) {
            // Closing is all that was wanted.
        }
    }
}
