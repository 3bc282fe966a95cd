package io.sekisho.egress.attempt;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A queue in which keys take turns: who has a thousand entries in it does not keep waiting who has one.
 *
 * <p>Thread safety: for one thread.
 */
final class Turns<T> {

    private final Map<String, Deque<T>> waiting = new LinkedHashMap<>();
    private int size;

    int size() {
        return size;
    }

    void add(String key, T entry) {
        waiting.computeIfAbsent(key, any -> new ArrayDeque<>()).add(entry);
        size++;
    }

    /** The entry that {@link #poll} would take. */
    Optional<T> first() {
        return waiting.values().stream().findFirst().map(Deque::element);
    }

    /** Takes the first entry of the key whose turn it is. */
    Optional<T> poll() {
        Optional<String> first = waiting.keySet().stream().findFirst();
        return first.map(key -> {
            // Behind the others, for its next turn.
            Deque<T> entries = waiting.remove(key);
            T entry = entries.remove();
            if (!entries.isEmpty()) {
                waiting.put(key, entries);
            }
            size--;
            return entry;
        });
    }

    /** Takes the last entry of the key that has most. */
    Optional<T> pollLast() {
        Optional<String> longest = waiting.entrySet().stream()
                .max(Comparator.comparingInt(each -> each.getValue().size()))
                .map(Map.Entry::getKey);
        longest.ifPresent(any -> size--);
        return longest.map(key -> {
            T entry = waiting.get(key).removeLast();
            waiting.computeIfPresent(key, (any, rest) -> rest.isEmpty() ? null : rest);
            return entry;
        });
    }

    /** Takes this entry, where it is in it. */
    void remove(String key, T entry) {
        Deque<T> entries = waiting.get(key);
        if (entries != null && entries.remove(entry)) {
            size--;
            waiting.computeIfPresent(key, (any, rest) -> rest.isEmpty() ? null : rest);
        }
    }
}
