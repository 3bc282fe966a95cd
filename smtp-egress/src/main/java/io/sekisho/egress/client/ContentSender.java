package io.sekisho.egress.client;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.sekisho.egress.client.ContentEncoding.Place;
import io.sekisho.egress.delivery.ContentUnavailable;
import io.sekisho.egress.delivery.DeferralCause;
import io.sekisho.egress.delivery.MessageContent;
import io.sekisho.egress.delivery.RecipientOutcome;
import io.sekisho.egress.dialogue.Input;
import io.sekisho.egress.dialogue.Wait;
import io.sekisho.smtp.content.LineEndViolation;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.net.NetSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * Sends a message's content: one part being written, at most one more read ahead, and no more of it handed
 * to the socket than its write queue holds. What ends the message is written only behind all of the content, unharmed.
 *
 * <p>Lifecycle: one per transaction; {@link #start} once, {@link #stop} when the connection is gone. Thread safety: none;
 * confined to the connection's event loop.
 */
final class ContentSender {

    /** What is written at once; small, so that a slow host is seen to take something within the time-out. */
    static final int PIECE_OCTETS = 32 * 1024;

    private final ContextInternal context;
    private final NetSocket socket;
    private final MessageContent content;
    private final ContentEncoding encoding;
    private final Duration blockLimit;
    private final Consumer<Input> done;

    private Buffer part;
    private ByteBuffer octets;
    private int offset;
    private Buffer readAhead;
    private int reading;
    private Cancellable read = () -> {};
    private long sent;
    private long drainTimer = -1;
    private boolean ended;

    /**
     * @param blockLimit how long the host may take nothing, and how long a part may take to be read
     * @param done is told once how it ended
     */
    ContentSender(
            ContextInternal context,
            NetSocket socket,
            MessageContent content,
            ContentEncoding encoding,
            Duration blockLimit,
            Consumer<Input> done) {
        this.context = context;
        this.socket = socket;
        this.content = content;
        this.encoding = encoding;
        this.blockLimit = blockLimit;
        this.done = done;
    }

    void start() {
        socket.setWriteQueueMaxSize(2 * PIECE_OCTETS);
        readNext();
    }

    void stop() {
        ended = true;
        read.cancel();
        context.owner().cancelTimer(drainTimer);
        part = null;
        octets = null;
        readAhead = null;
    }

    private void readNext() {
        if (reading == content.parts()) {
            if (part == null && readAhead == null) {
                finish();
            }
            return;
        }
        Uni<Buffer> next = content.part(reading).ifNoItem().after(blockLimit).fail();
        read = next.subscribe()
                .with(
                        item -> context.runOnContext(ignored -> arrived(item)),
                        failure -> context.runOnContext(ignored -> failed(failure)));
    }

    private void arrived(Buffer buffer) {
        if (ended) {
            return;
        }
        reading++;
        readAhead = buffer;
        if (part == null) {
            begin();
        }
    }

    private void begin() {
        part = readAhead;
        octets = ByteBuffer.wrap(part.getBytes());
        readAhead = null;
        offset = 0;
        readNext();
        write();
    }

    private void write() {
        while (!ended && part != null) {
            if (offset == part.length()) {
                part = null;
                if (readAhead != null) {
                    begin();
                } else if (reading == content.parts()) {
                    finish();
                }
                return;
            }
            if (socket.writeQueueFull()) {
                awaitDrain();
                return;
            }
            writePiece();
        }
    }

    private void writePiece() {
        int length = Math.min(PIECE_OCTETS, part.length() - offset);
        boolean isLast = reading == content.parts() && readAhead == null;
        boolean ends = isLast && offset + length == part.length();
        if (ends && sent + length != content.size()) {
            end(wrongSize(sent + length));
            return;
        }
        // Room for a command or the end, and some dots.
        ByteBuf wire = Unpooled.buffer(length + 128);
        Optional<LineEndViolation> violation =
                encoding.encode(octets, offset, length, isLast ? Place.LAST : Place.BEFORE_OTHERS, wire);
        if (violation.isPresent()) {
            end(lost(violation.get()));
            return;
        }
        offset += length;
        sent += length;
        socket.write(Buffer.buffer(ByteBufUtil.getBytes(wire)));
        if (ends) {
            end(new Input.ContentSent());
        }
    }

    private void awaitDrain() {
        drainTimer = context.setTimer(blockLimit.toMillis(), id -> end(new Input.Interruption.TimedOut(blockLimit)));
        socket.drainHandler(ignored -> {
            if (context.owner().cancelTimer(drainTimer)) {
                write();
            }
        });
    }

    /** There was not one octet to end with. */
    private void finish() {
        if (content.size() != 0) {
            end(wrongSize(sent));
            return;
        }
        ByteBuf wire = Unpooled.buffer(32);
        encoding.encodeEmpty(wire);
        socket.write(Buffer.buffer(ByteBufUtil.getBytes(wire)));
        end(new Input.ContentSent());
    }

    private Input wrongSize(long octets) {
        return new Input.ContentFailed(new RecipientOutcome.ContentLost(
                "the content has " + octets + " octets, " + content.size() + " were received"));
    }

    private void failed(Throwable failure) {
        String message = failure instanceof TimeoutException
                ? "part " + reading + " did not come within " + Wait.text(blockLimit)
                : String.valueOf(failure.getMessage());
        end(new Input.ContentFailed(
                failure instanceof ContentUnavailable
                        ? new RecipientOutcome.ContentLost(message)
                        : RecipientOutcome.Deferred.withoutHost(
                                "4.3.0",
                                "the content could not be read: " + message,
                                new DeferralCause.ContentUnreadable())));
    }

    private void end(Input how) {
        if (!ended) {
            stop();
            done.accept(how);
        }
    }

    private static Input lost(LineEndViolation violation) {
        return new Input.ContentFailed(
                new RecipientOutcome.ContentLost("the content has a " + violation + ", which SMTP cannot carry"));
    }
}
