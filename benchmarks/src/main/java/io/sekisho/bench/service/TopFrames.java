package io.sekisho.bench.service;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordingFile;

/** How often each method was met on top of a stack. */
final class TopFrames {

    private static final String OWN = "io.sekisho.";

    /** Where native code waits for something to happen. */
    private static final Set<String> WAITING = Set.of(
            "sun.nio.ch.EPoll.wait",
            "sun.nio.ch.Net.accept",
            "sun.nio.ch.Net.poll",
            "io.netty.channel.epoll.Native.epollWait",
            "io.netty.channel.epoll.Native.epollWait0");

    private final Map<String, Integer> any = new HashMap<>();
    private final Map<String, Integer> own = new HashMap<>();
    private int samples;

    private TopFrames() {}

    static TopFrames of(Path recording) throws IOException {
        TopFrames top = new TopFrames();
        try (RecordingFile file = new RecordingFile(recording)) {
            while (file.hasMoreEvents()) {
                RecordedEvent event = file.readEvent();
                if (event.getEventType().getName().equals("jdk.ExecutionSample")
                        || event.getEventType().getName().equals("jdk.NativeMethodSample")) {
                    top.add(event);
                }
            }
        }
        return top;
    }

    private void add(RecordedEvent event) {
        if (event.getStackTrace() == null || event.getStackTrace().getFrames().isEmpty()) {
            return;
        }
        List<String> stack =
                event.getStackTrace().getFrames().stream().map(TopFrames::text).toList();
        if (WAITING.contains(stack.getFirst())) {
            return;
        }
        samples++;
        any.merge(stack.getFirst(), 1, Integer::sum);
        stack.stream()
                .filter(frame -> frame.startsWith(OWN))
                .findFirst()
                .ifPresent(frame -> own.merge(frame, 1, Integer::sum));
    }

    private static String text(RecordedFrame frame) {
        RecordedMethod method = frame.getMethod();
        return method.getType().getName() + "." + method.getName();
    }

    int samples() {
        return samples;
    }

    List<String> any(int number) {
        return most(any, number);
    }

    List<String> own(int number) {
        return most(own, number);
    }

    private List<String> most(Map<String, Integer> counted, int number) {
        return counted.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                .limit(number)
                .map(entry ->
                        String.format(Locale.ROOT, "%s %.0f %%", entry.getKey(), 100.0 * entry.getValue() / samples))
                .toList();
    }
}
