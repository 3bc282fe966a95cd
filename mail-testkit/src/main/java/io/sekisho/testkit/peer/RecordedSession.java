package io.sekisho.testkit.peer;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * One connection as the peer saw it; grows while the connection lasts. Thread safe to read.
 */
public final class RecordedSession {

    /** Whether a line came before or inside TLS. */
    public enum Channel {
        PLAIN,
        TLS
    }

    /** A command line as received, without CRLF. */
    public record Line(String text, Channel channel) {}

    private final int number;
    private final List<Line> lines = new CopyOnWriteArrayList<>();
    private final List<RecordedMessage> messages = new CopyOnWriteArrayList<>();
    private volatile RecordedTls tls;
    private volatile String failure;
    private volatile boolean ended;

    RecordedSession(int number) {
        this.number = number;
    }

    /** Position among the peer's connections, from 1. */
    public int number() {
        return number;
    }

    public List<Line> lines() {
        return List.copyOf(lines);
    }

    /** The command lines' text. */
    public List<String> commands() {
        return lines.stream().map(Line::text).toList();
    }

    public List<RecordedMessage> messages() {
        return List.copyOf(messages);
    }

    /** Present once a handshake has succeeded. */
    public Optional<RecordedTls> tls() {
        return Optional.ofNullable(tls);
    }

    /** Why the session broke, a failed handshake for example; empty for one that ended in order. */
    public Optional<String> failure() {
        return Optional.ofNullable(failure);
    }

    /** True once the connection is closed. */
    public boolean hasEnded() {
        return ended;
    }

    void add(String text) {
        lines.add(new Line(text, tls == null ? Channel.PLAIN : Channel.TLS));
    }

    void add(RecordedMessage message) {
        messages.add(message);
    }

    void secured(RecordedTls established) {
        tls = established;
    }

    void broke(String reason) {
        failure = reason;
    }

    void end() {
        ended = true;
    }
}
