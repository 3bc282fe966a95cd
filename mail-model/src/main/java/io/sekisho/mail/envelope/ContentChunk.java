package io.sekisho.mail.envelope;

/**
 * Where a part of a large message stands in {@code sekisho.mail.content}.
 *
 * @param topicId Kafka's id of the topic: a topic made anew has other offsets
 * @param length in octets
 * @param sha256 of the part, in hex; a part that differs is never delivered
 */
public record ContentChunk(String topicId, int partition, long offset, int length, String sha256) {}
