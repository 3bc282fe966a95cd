package io.sekisho.testkit.dns;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;

/**
 * A name server on 127.0.0.1, UDP and TCP on one port, that answers from a {@link ZoneData}.
 *
 * <p><i>Lifecycle:</i> answers from construction to {@link #close()}. <i>Thread safety:</i> all methods; the zone may
 * change at any time.
 */
public final class ScriptedDns implements AutoCloseable {

    private static final int MAX_PACKET = 65_535;
    private static final int ATTEMPTS = 20;

    /** One question that was asked. */
    public record Asked(String name, String type, Transport transport) {}

    /** How it was asked. */
    public enum Transport {
        UDP,
        TCP
    }

    private final ZoneData zone;
    private final DatagramSocket udp;
    private final ServerSocket tcp;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final List<Asked> asked = new CopyOnWriteArrayList<>();

    private ScriptedDns(ZoneData zone, DatagramSocket udp, ServerSocket tcp) {
        this.zone = zone;
        this.udp = udp;
        this.tcp = tcp;
        Thread.ofVirtual().name("dns-udp").start(this::serveUdp);
        Thread.ofVirtual().name("dns-tcp").start(this::serveTcp);
    }

    /** A server with an empty zone: every name is unknown until {@link #zone()} is filled. */
    public static ScriptedDns start() {
        return start(new ZoneData());
    }

    public static ScriptedDns start(ZoneData zone) {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        for (int attempt = 1; ; attempt++) {
            try {
                DatagramSocket udp = new DatagramSocket(new InetSocketAddress(loopback, 0));
                try {
                    ServerSocket tcp = new ServerSocket();
                    tcp.bind(new InetSocketAddress(loopback, udp.getLocalPort()));
                    return new ScriptedDns(zone, udp, tcp);
                } catch (IOException taken) {
                    // Another process has that number for TCP.
                    udp.close();
                    throw taken;
                }
            } catch (IOException failed) {
                if (attempt == ATTEMPTS) {
                    throw new UncheckedIOException("the scripted DNS server found no free port", failed);
                }
            }
        }
    }

    public InetSocketAddress address() {
        return new InetSocketAddress(udp.getLocalAddress(), udp.getLocalPort());
    }

    public int port() {
        return udp.getLocalPort();
    }

    /** What it answers from. */
    public ZoneData zone() {
        return zone;
    }

    /** Every question so far. */
    public List<Asked> asked() {
        return List.copyOf(asked);
    }

    @Override
    public void close() {
        udp.close();
        closeQuietly(tcp);
        open.forEach(ScriptedDns::closeQuietly);
    }

    private void serveUdp() {
        byte[] buffer = new byte[MAX_PACKET];
        while (!udp.isClosed()) {
            try {
                DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
                udp.receive(packet);
                byte[] query = Arrays.copyOf(packet.getData(), packet.getLength());
                Optional<Message> answer = answer(query, Transport.UDP);
                if (answer.isPresent()) {
                    byte[] wire = answer.get().toWire(MAX_PACKET);
                    udp.send(new DatagramPacket(wire, wire.length, packet.getSocketAddress()));
                }
            } catch (IOException closedOrNonsense) {
                // A packet that is no question gets no answer.
            }
        }
    }

    private void serveTcp() {
        while (!tcp.isClosed()) {
            try {
                Socket socket = tcp.accept();
                open.add(socket);
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException closed) {
                // Closed, or a client that vanished.
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            DataInputStream input = new DataInputStream(socket.getInputStream());
            DataOutputStream output = new DataOutputStream(socket.getOutputStream());
            while (true) {
                byte[] query = input.readNBytes(input.readUnsignedShort());
                Optional<Message> answer = answer(query, Transport.TCP);
                if (answer.isPresent()) {
                    byte[] wire = answer.get().toWire();
                    output.writeShort(wire.length);
                    output.write(wire);
                    output.flush();
                }
            }
        } catch (IOException ended) {
            // The client has what it wanted.
        } finally {
            open.remove(socket);
        }
    }

    private Optional<Message> answer(byte[] wire, Transport transport) throws IOException {
        Message query = new Message(wire);
        if (query.getQuestion() == null || query.getHeader().getFlag(Flags.QR)) {
            throw new IOException("not a question");
        }
        String name = query.getQuestion().getName().toString(true);
        String type = org.xbill.DNS.Type.string(query.getQuestion().getType());
        asked.add(new Asked(name, type, transport));
        return zone.answer(query, transport);
    }

    private static void closeQuietly(java.io.Closeable closeable) {
        try {
            closeable.close();
        } catch (IOException alreadyGone) {
            // Closing is all that was wanted.
        }
    }
}
