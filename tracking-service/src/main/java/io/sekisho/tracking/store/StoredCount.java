package io.sekisho.tracking.store;

/**
 * What became of a batch: {@code stored + repeated} is its size.
 *
 * @param stored events that were new
 * @param repeated events that the store had already, or that the batch held twice
 */
public record StoredCount(int stored, int repeated) {}
