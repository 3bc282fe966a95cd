package io.sekisho.bench.mail;

import io.sekisho.bench.comparison.Better;
import io.sekisho.bench.comparison.Comparison;
import io.sekisho.bench.comparison.Findings;
import io.sekisho.bench.load.ClosedLoop;
import io.sekisho.bench.load.Connections;
import io.sekisho.bench.load.Latencies;
import io.sekisho.bench.load.LoadMessage;
import io.sekisho.bench.load.OpenLoop;
import io.sekisho.bench.load.SessionKind;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The time until a message is taken, on both sides at the same rate: half of what the slower took in its last closed loop, so that neither is
 * overloaded.
 */
final class FixedScheduleLatency {

    private final OpenLoop gateway;
    private final OpenLoop peer;
    private final Findings findings = new Findings();
    private final Map<Integer, Double> lastRates = new HashMap<>();

    FixedScheduleLatency(int gatewayPort, int peerPort, int sessions, LoadMessage message) {
        gateway = new OpenLoop(gatewayPort, SessionKind.STARTTLS, sessions, message);
        peer = new OpenLoop(peerPort, SessionKind.STARTTLS, sessions, message);
    }

    /** Takes note of the last rate of a closed loop, and returns it. */
    double heed(ClosedLoop loop, double rate) {
        if (loop.kind() == SessionKind.STARTTLS && loop.connections() == Connections.KEPT) {
            lastRates.put(loop.port(), rate);
        }
        return rate;
    }

    Comparison comparison() {
        return new Comparison(
                "accept.latency-p99",
                "99 % of messages on a fixed schedule are taken within, kept connections, STARTTLS",
                "ms",
                Better.LOWER,
                span -> p99("gateway", gateway, span),
                "Postfix",
                span -> p99("Postfix", peer, span));
    }

    private double p99(String who, OpenLoop loop, Duration span) throws Exception {
        double rate = Collections.min(lastRates.values()) / 2;
        Latencies latencies = loop.run(rate, span);
        findings.note(
                who + " on a fixed schedule",
                String.format(Locale.ROOT, "%s (%d messages at %.0f/s)", latencies.summary(), latencies.count(), rate));
        return latencies.millisAt(99);
    }

    List<String> findings() {
        return findings.lines();
    }
}
