package io.sekisho.egress.dsn;

import io.sekisho.egress.delivery.ContentUnavailable;
import io.sekisho.egress.delivery.MessageContent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import java.util.Arrays;

/** Reads what a report returns. */
public final class ReturnedReader {

    /** A report is an inline message of the queue: 256 KiB hold this and all else that stands in it. */
    static final int WHOLE_LIMIT = 128 * 1024;

    /** More of a header section is not returned. */
    static final int HEADERS_LIMIT = 64 * 1024;

    private ReturnedReader() {}

    /** Reads it; content that is lost is returned as nothing. Fails where it cannot be read now. */
    public static Uni<ReturnedContent> read(MessageContent content, ReturnedExtent extent) {
        boolean small = content.size() <= WHOLE_LIMIT;
        // The header section ends within the first part: a part is larger than what is returned of it.
        return Multi.createFrom()
                .range(0, Math.min(content.parts(), 1))
                .onItem()
                .transformToUniAndConcatenate(content::part)
                .collect()
                .in(Buffer::buffer, Buffer::appendBuffer)
                .map(head -> {
                    byte[] bytes = head.getBytes();
                    return extent == ReturnedExtent.WHOLE_IF_SMALL && small && SevenBit.holds(bytes)
                            ? new ReturnedContent.Whole(bytes)
                            : headers(bytes);
                })
                .onFailure(ContentUnavailable.class)
                .recoverWithItem(new ReturnedContent.Nothing());
    }

    private static ReturnedContent headers(byte[] bytes) {
        int end = Math.min(bytes.length, HEADERS_LIMIT);
        for (int i = 0; i + 3 < end; i++) {
            if (bytes[i] == '\r' && bytes[i + 1] == '\n' && bytes[i + 2] == '\r' && bytes[i + 3] == '\n') {
                end = i + 2;
                break;
            }
        }
        return new ReturnedContent.Headers(Arrays.copyOf(bytes, end));
    }
}
