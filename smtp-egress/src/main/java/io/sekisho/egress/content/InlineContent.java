package io.sekisho.egress.content;

import io.sekisho.egress.delivery.MessageContent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;

/** A message that was the value of its queue record: one part, in memory. */
public final class InlineContent implements MessageContent {

    private final Buffer bytes;

    public InlineContent(byte[] bytes) {
        this.bytes = Buffer.buffer(bytes);
    }

    /** The message. */
    public byte[] bytes() {
        return bytes.getBytes();
    }

    @Override
    public long size() {
        return bytes.length();
    }

    @Override
    public int parts() {
        return bytes.length() == 0 ? 0 : 1;
    }

    @Override
    public Uni<Buffer> part(int index) {
        return Uni.createFrom().item(bytes);
    }
}
