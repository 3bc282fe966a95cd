package io.sekisho.bench.mail;

import io.sekisho.bench.comparison.Benchmark;
import io.sekisho.bench.comparison.Effort;
import io.sekisho.bench.comparison.Stand;
import io.sekisho.bench.postfix.Postfix;
import io.sekisho.bench.stage.Stage;
import java.util.Optional;

/** Messages taken per second. */
public final class AcceptBenchmark implements Benchmark<Stage> {

    @Override
    public String name() {
        return "accept";
    }

    @Override
    public String description() {
        return """
                Messages of 10 KB taken by 20 sessions: over kept connections with STARTTLS and in clear, with a new TLS connection for each \
                message, and the latency on a fixed schedule. Both sides answer 250 when the message is on disk: Postfix syncs its queue file, Kafka \
                its log (`flush.messages=1`). Both show the same certificate (ECDSA P-256), speak TLSv1.3 with X25519 and give no session tickets; \
                the client pipelines MAIL, RCPT and DATA with both. Nothing but taking is measured: smtp-egress and tracking-service are stopped, \
                Postfix puts everything on hold. In Postfix's favour: no look-up of names, no limit of rates, 1,000 connections for each of its \
                processes. The ceiling: a Kafka producer set as the gateway's, before the same broker and a topic set as the queue, with 20 records \
                outstanding; no SMTP, no envelope, no events.""";
    }

    @Override
    public Optional<String> obstacle() {
        return Postfix.obstacle();
    }

    @Override
    public Stand set(Stage stage, Effort effort) throws Exception {
        return AcceptStand.on(stage, effort);
    }
}
