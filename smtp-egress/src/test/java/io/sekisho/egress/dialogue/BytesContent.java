package io.sekisho.egress.dialogue;

import io.sekisho.egress.delivery.MessageContent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Content in memory, cut into parts. */
public final class BytesContent implements MessageContent {

    private final byte[] bytes;
    private final int partOctets;

    public BytesContent(byte[] bytes, int partOctets) {
        this.bytes = bytes;
        this.partOctets = partOctets;
    }

    public static BytesContent of(String text) {
        return new BytesContent(text.getBytes(StandardCharsets.ISO_8859_1), MAX_PART_OCTETS);
    }

    @Override
    public long size() {
        return bytes.length;
    }

    @Override
    public int parts() {
        return (bytes.length + partOctets - 1) / partOctets;
    }

    @Override
    public Uni<Buffer> part(int index) {
        int from = index * partOctets;
        int to = Math.min(bytes.length, from + partOctets);
        return Uni.createFrom().item(() -> Buffer.buffer(Arrays.copyOfRange(bytes, from, to)));
    }
}
