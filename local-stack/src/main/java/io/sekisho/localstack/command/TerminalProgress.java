package io.sekisho.localstack.command;

import io.sekisho.localstack.Progress;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Prints a line for everything that has become ready, and on a terminal below them, rewritten, what is still starting.
 *
 * <p><b>Thread safety:</b> safe; one line at a time.
 */
public final class TerminalProgress implements Progress, AutoCloseable {
    private static final String CLEAR_LINE = "\r\033[K";
    private static final long REFRESH_MILLIS = 200;

    private final PrintWriter out;
    private final Output output;
    private final Map<String, Long> starting = new LinkedHashMap<>();
    private final Future<?> refreshing;
    private final ScheduledExecutorService refresher = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("progress").factory());

    /** Where the lines go. */
    public enum Output {
        TERMINAL,
        FILE
    }

    public TerminalProgress(PrintWriter out, Output output) {
        this.out = out;
        this.output = output;
        if (output == Output.TERMINAL) {
            refreshing =
                    refresher.scheduleAtFixedRate(this::refresh, REFRESH_MILLIS, REFRESH_MILLIS, TimeUnit.MILLISECONDS);
        } else {
            refreshing = CompletableFuture.completedFuture(null);
        }
    }

    @Override
    public synchronized void starting(String what) {
        starting.put(what, System.nanoTime());
        if (output == Output.FILE) {
            line("  starting " + what);
        }
    }

    @Override
    public synchronized void ready(String what, Duration took) {
        starting.remove(what);
        line(String.format(Locale.ROOT, "  %-17s ready after %.1f s", what, took.toMillis() / 1000.0));
    }

    @Override
    public synchronized void failed(String what) {
        starting.remove(what);
        line(String.format(Locale.ROOT, "  %-17s did not start", what));
    }

    private void line(String text) {
        out.println((output == Output.TERMINAL ? CLEAR_LINE : "") + text);
        out.flush();
    }

    private synchronized void refresh() {
        if (!starting.isEmpty()) {
            long now = System.nanoTime();
            out.print(CLEAR_LINE + "  … "
                    + starting.entrySet().stream()
                            .map(entry -> entry.getKey() + " " + TimeUnit.NANOSECONDS.toSeconds(now - entry.getValue())
                                    + " s")
                            .collect(Collectors.joining(", ")));
            out.flush();
        }
    }

    /** Leaves nothing half written behind. */
    @Override
    public void close() {
        refreshing.cancel(false);
        refresher.shutdownNow();
        synchronized (this) {
            if (output == Output.TERMINAL) {
                out.print(CLEAR_LINE);
                out.flush();
            }
        }
    }
}
