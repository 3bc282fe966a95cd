package io.sekisho.egress.client;

import io.sekisho.egress.delivery.ContentUnavailable;
import io.sekisho.egress.delivery.DeferralCause;
import io.sekisho.egress.delivery.MessageContent;
import io.sekisho.egress.delivery.RecipientOutcome;
import io.sekisho.egress.dialogue.Input;
import io.sekisho.egress.dialogue.Wait;
import io.sekisho.smtp.content.DotEncoder;
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
 * Sends a message's content behind DATA: one part being written, at most one more read ahead, and no more of it handed
 * to the socket than its write queue holds. The final dot is written only behind all of the content, unharmed.
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
    private final Duration blockLimit;
    private final Consumer<Input> done;
    private final DotEncoder encoder = new DotEncoder();

    private Buffer part;
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
            Duration blockLimit,
            Consumer<Input> done) {
        this.context = context;
        this.socket = socket;
        this.content = content;
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
        // A dot is added to three octets at least (". CR LF"), and a CR may have been held back.
        ByteBuffer piece = ByteBuffer.allocate(length + length / 3 + 4);
        ByteBuffer octets = ByteBuffer.wrap(part.getBytes(offset, offset + length));
        Optional<LineEndViolation> violation = encoder.encode(octets, piece::put);
        if (violation.isPresent()) {
            end(lost(violation.get()));
            return;
        }
        offset += length;
        sent += length;
        socket.write(written(piece));
    }

    private void awaitDrain() {
        drainTimer = context.setTimer(blockLimit.toMillis(), id -> end(new Input.Interruption.TimedOut(blockLimit)));
        socket.drainHandler(ignored -> {
            if (context.owner().cancelTimer(drainTimer)) {
                write();
            }
        });
    }

    private void finish() {
        if (sent != content.size()) {
            end(new Input.ContentFailed(new RecipientOutcome.ContentLost(
                    "the content has " + sent + " octets, " + content.size() + " were received")));
            return;
        }
        ByteBuffer last = ByteBuffer.allocate(8);
        Optional<LineEndViolation> violation = encoder.finish(last::put);
        if (violation.isPresent()) {
            end(lost(violation.get()));
            return;
        }
        socket.write(written(last));
        end(new Input.ContentSent());
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

    private static Buffer written(ByteBuffer octets) {
        byte[] written = new byte[octets.position()];
        octets.flip().get(written);
        return Buffer.buffer(written);
    }

    private static Input lost(LineEndViolation violation) {
        return new Input.ContentFailed(
                new RecipientOutcome.ContentLost("the content has a " + violation + ", which SMTP cannot carry"));
    }
}
