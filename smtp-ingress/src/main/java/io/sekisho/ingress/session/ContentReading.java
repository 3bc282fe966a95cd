package io.sekisho.ingress.session;

import io.sekisho.ingress.content.HeaderScan;
import io.sekisho.smtp.command.Chunk;
import io.sekisho.smtp.content.BareLf;
import io.sekisho.smtp.content.ChunkDecoder;
import io.sekisho.smtp.content.DotDecoder;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/**
 * Reads the content of one message after the other for a session, by DATA or in chunks: hands its octets on and tells what is
 * wrong with it, and its end.
 *
 * <p><b>Thread safety:</b> none. The session may answer while it is being told.
 */
final class ContentReading {

    /** How much of a message that will be refused is read in the hope of its end, in octets. */
    static final long LONGEST_DISCARDED_CONTENT = 256L * 1024 * 1024;

    private final Reception reception;
    private final Consumer<SessionInput> session;
    private final Consumer<ByteBuffer> octets;

    // Present while the state is Receiving or Discarding.
    private DotDecoder data;
    // Present from the first chunk of a message to its last.
    private ChunkDecoder chunks;
    // Present with either of them.
    private HeaderScan header;

    /**
     * A reading.
     *
     * @param session is told
     * @param octets takes the content, valid until it returns
     */
    ContentReading(Reception reception, Consumer<SessionInput> session, Consumer<ByteBuffer> octets) {
        this.reception = reception;
        this.session = session;
        this.octets = octets;
    }

    /** The session is in this state now. */
    void enter(SessionState next) {
        switch (next) {
            case Receiving receiving
            when data == null -> {
                data = new DotDecoder(reception.bareLf(receiving.transaction()));
                header = new HeaderScan();
            }
            case Receiving receiving -> {}
            case Discarding discarding -> {}
            case ReadingChunk reading
            when chunks == null -> {
                chunks = new ChunkDecoder(bareLf(reading));
                header = new HeaderScan();
            }
            case ReadingChunk reading -> {}
            case BetweenChunks between -> {}
            case ChunksRefused refused -> {}
            // What is counted of refused chunks counts until the transaction ends.
            case Refusing refusing -> data = null;
            default -> {
                data = null;
                chunks = null;
                header = null;
            }
        }
    }

    private BareLf bareLf(ReadingChunk reading) {
        return reading instanceof ReceivingChunk receiving ? reception.bareLf(receiving.transaction()) : BareLf.REJECT;
    }

    boolean isData() {
        return data != null;
    }

    boolean isInChunks() {
        return chunks != null;
    }

    void beginChunk(Chunk chunk) {
        chunks.begin(chunk.octets());
        if (chunk.octets() == 0) {
            // No octet will come that could end it.
            endChunk(chunk);
        }
    }

    void readData(ByteBuffer input) {
        boolean wasWellFormed = data.violation().isEmpty();
        boolean wasWithinLimit = data.octets() <= limit();
        DotDecoder decoder = data;
        HeaderScan scan = header;
        boolean ended = decoder.decode(input, this::take);
        if (wasWellFormed && decoder.violation().isPresent()) {
            session.accept(new SessionInput.ContentMalformed(decoder.violation().get()));
        }
        if (wasWithinLimit && decoder.octets() > limit()) {
            session.accept(new SessionInput.ContentTooLarge());
        }
        if (ended) {
            session.accept(new SessionInput.ContentEnded(new ContentFacts(
                    decoder.octets(), decoder.isEightBit(), scan.receivedFields(), scan.subject(), scan.messageId())));
        } else if (decoder.octets() > limit() + LONGEST_DISCARDED_CONTENT) {
            session.accept(new SessionInput.ContentEndless());
        }
    }

    void readChunk(Chunk chunk, ByteBuffer input) {
        boolean wasWellFormed = chunks.violation().isEmpty();
        boolean whole = chunks.decode(input, this::take);
        if (wasWellFormed && chunks.violation().isPresent()) {
            session.accept(new SessionInput.ContentMalformed(chunks.violation().get()));
        }
        if (whole) {
            endChunk(chunk);
        } else if (chunks.octets() > limit() + LONGEST_DISCARDED_CONTENT) {
            session.accept(new SessionInput.ContentEndless());
        }
    }

    private void endChunk(Chunk chunk) {
        boolean wasWellFormed = chunks.violation().isEmpty();
        if (chunk.isLast()) {
            chunks.finish(this::take);
        }
        if (wasWellFormed && chunks.violation().isPresent()) {
            session.accept(new SessionInput.ContentMalformed(chunks.violation().get()));
        }
        session.accept(new SessionInput.ChunkEnded(new ContentFacts(
                chunks.octets(), chunks.isEightBit(), header.receivedFields(), header.subject(), header.messageId())));
    }

    private void take(ByteBuffer content) {
        header.scan(content.duplicate());
        octets.accept(content);
    }

    private long limit() {
        return reception.limits().messageOctets();
    }
}
