package io.sekisho.ingress.queue;

import io.sekisho.mail.envelope.ContentChunk;
import io.sekisho.mail.envelope.Envelope;
import io.sekisho.mail.topic.Topics;
import io.smallrye.mutiny.Uni;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executor;

/**
 * A message on its way into Kafka. Up to {@link Topics#INLINE_LIMIT_BYTES} it is kept whole; above, each full chunk is
 * written while the next one fills.
 */
final class KafkaIncomingMessage implements IncomingMessage {

    /** How many chunks may be on their way before the client has to wait; the next fills meanwhile. */
    static final int CHUNKS_IN_FLIGHT = 1;

    private static final int FIRST_BUFFER = 16 * 1024;

    private final KafkaMailQueue queue;
    private final ContentMemory memory;
    private final UUID id;
    private final Executor owner;
    private final MailQueue.Flow flow;
    private final List<Uni<ContentChunk>> chunks = new ArrayList<>();

    private byte[] buffer;
    private int length;
    private int inFlight;
    private boolean failed;
    private boolean over;

    private KafkaIncomingMessage(
            KafkaMailQueue queue, ContentMemory memory, UUID id, Executor owner, MailQueue.Flow flow) {
        this.queue = queue;
        this.memory = memory;
        this.id = id;
        this.owner = owner;
        this.flow = flow;
        this.buffer = new byte[FIRST_BUFFER];
    }

    static Optional<KafkaIncomingMessage> begin(
            KafkaMailQueue queue, ContentMemory memory, UUID id, Executor owner, MailQueue.Flow flow) {
        return memory.take(FIRST_BUFFER)
                ? Optional.of(new KafkaIncomingMessage(queue, memory, id, owner, flow))
                : Optional.empty();
    }

    @Override
    public Appended append(ByteBuffer octets) {
        while (octets.hasRemaining()) {
            if (length == buffer.length && !grow()) {
                return Appended.NO_MEMORY;
            }
            int piece = Math.min(octets.remaining(), buffer.length - length);
            octets.get(buffer, length, piece);
            length += piece;
            if (length == Topics.CHUNK_BYTES) {
                writeChunk(buffer, buffer.length);
                buffer = new byte[0];
                length = 0;
            }
        }
        return Appended.TAKEN;
    }

    private boolean grow() {
        int larger = buffer.length == 0 ? Topics.CHUNK_BYTES : Math.min(2 * buffer.length, Topics.CHUNK_BYTES);
        if (!memory.take(larger - buffer.length)) {
            return false;
        }
        if (larger == Topics.CHUNK_BYTES) {
            byte[] whole = queue.buffers().take();
            System.arraycopy(buffer, 0, whole, 0, length);
            buffer = whole;
        } else {
            buffer = Arrays.copyOf(buffer, larger);
        }
        return true;
    }

    @Override
    public boolean isCongested() {
        return inFlight >= CHUNKS_IN_FLIGHT;
    }

    private void writeChunk(byte[] octets, int held) {
        inFlight++;
        Uni<ContentChunk> chunk = queue.writeChunk(id, chunks.size(), octets)
                .onTermination()
                .invoke(() -> memory.give(held))
                .memoize()
                .indefinitely();
        chunks.add(chunk);
        chunk.emitOn(owner).subscribe().with(written -> chunkWritten(), this::chunkFailed);
    }

    private void chunkWritten() {
        boolean wasCongested = isCongested();
        inFlight--;
        if (wasCongested && !isCongested() && !over) {
            flow.relieved();
        }
    }

    private void chunkFailed(Throwable failure) {
        inFlight--;
        if (!failed && !over) {
            failed = true;
            flow.failed(reason(failure));
        }
    }

    @Override
    public Uni<Outcome> store(Envelope envelope) {
        over = true;
        byte[] rest = buffer;
        int restLength = length;
        buffer = new byte[0];
        if (chunks.isEmpty() && restLength <= Topics.INLINE_LIMIT_BYTES) {
            return queue.writeMessage(envelope, () -> Arrays.copyOf(rest, restLength))
                    .onItemOrFailure()
                    .transform((written, failure) -> {
                        memory.give(rest.length);
                        return outcome(failure);
                    });
        }
        if (restLength > 0) {
            writeChunk(Arrays.copyOf(rest, restLength), rest.length);
        } else {
            memory.give(rest.length);
        }
        return Uni.join()
                .all(chunks)
                .andFailFast()
                .chain(written -> queue.writeMessage(envelope.withChunks(written), () -> new byte[0]))
                .onItemOrFailure()
                .transform((written, failure) -> outcome(failure));
    }

    @Override
    public void drop() {
        if (!over) {
            over = true;
            memory.give(buffer.length);
            buffer = new byte[0];
        }
    }

    private static Outcome outcome(Throwable failure) {
        return failure == null ? new Outcome.Stored() : new Outcome.NotStored(reason(failure));
    }

    private static String reason(Throwable failure) {
        return failure.getClass().getSimpleName() + ": " + failure.getMessage();
    }
}
