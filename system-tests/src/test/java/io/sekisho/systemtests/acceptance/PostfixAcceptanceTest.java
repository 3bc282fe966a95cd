package io.sekisho.systemtests.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sekisho.bench.postfix.Postfix;
import io.sekisho.bench.postfix.PostfixRole;
import io.sekisho.localstack.Infrastructure;
import io.sekisho.localstack.LocalStack;
import io.sekisho.localstack.Piece;
import io.sekisho.localstack.cluster.Cluster;
import io.sekisho.localstack.cluster.ClusterPlan;
import io.sekisho.localstack.cluster.Ports;
import io.sekisho.localstack.cluster.SelfSignedCertificate;
import io.sekisho.systemtests.arena.ManagedDomains;
import io.sekisho.systemtests.traffic.ClientSession;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A real Postfix behind the gateway has every message once for each recipient, octet for octet, and what was signed still verifies.
 *
 * <p>{@code -Dsekisho.acceptance.messages=10000} is the full size; the default is a small one.
 */
class PostfixAcceptanceTest {

    private static final int MESSAGES = Integer.getInteger("sekisho.acceptance.messages", 300);
    private static final int CLIENTS = 8;
    private static final Duration STANDSTILL = Duration.ofMinutes(3);

    /** Postfix' own user gets no further than where everybody may go; JUnit's directories are for their owner alone. */
    private Path directory;

    @BeforeEach
    void makeDirectory() throws IOException {
        Optional<String> obstacle = Postfix.obstacle();
        obstacle.ifPresent(sentence -> System.out.println("SKIPPED: " + sentence));
        Assumptions.assumeTrue(obstacle.isEmpty(), () -> obstacle.orElse(""));
        directory = Files.createTempDirectory("sekisho-acceptance-").toRealPath();
        directory.toFile().setExecutable(true, false);
        directory.toFile().setReadable(true, false);
    }

    @AfterEach
    void deleteDirectory() throws IOException {
        if (directory != null) {
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    @Test
    void deliversEveryMessageOctetForOctet() throws Exception {
        PostfixRole.Keeping role = PostfixRole.Keeping.in(directory);
        try (Infrastructure infrastructure = LocalStack.with(EnumSet.allOf(Piece.class))
                        .dataDirectory(Files.createDirectory(directory.resolve("stack")))
                        .start();
                Cluster cluster = ClusterPlan.on(infrastructure, directory)
                        .ports(Ports.free())
                        .hostname("gateway.sekisho.example")
                        .startUp(ClusterPlan.StartUp.CLASS_ARCHIVE)
                        .start();
                Postfix postfix =
                        Postfix.start(directory, SelfSignedCertificate.in(directory, "postfix.accept.example"), role)) {
            ManagedDomains domains = new ManagedDomains(cluster);
            MixedMail.domains().forEach(domain -> domains.register(domain, postfix.port()));
            Mailbox mailbox = new Mailbox(role.maildir());
            long began = System.nanoTime();
            Sent sent = send(cluster.smtpPort());
            awaitArrival(mailbox, sent.deliveries());
            Duration took = Duration.ofNanos(System.nanoTime() - began);
            Tally tally = Tally.of(mailbox);
            System.out.println("Acceptance with Postfix: " + sent + " in " + took.toSeconds() + " s; " + tally);
            assertThat(tally.faults).isEmpty();
            assertThat(tally.deliveries).isEqualTo(sent.deliveries());
        }
    }

    /** What was answered 250. */
    private record Sent(int messages, long deliveries, long octets) {
        @Override
        public String toString() {
            return messages + " messages of " + octets / 1_000_000 + " MB in all, " + deliveries + " deliveries";
        }
    }

    private static Sent send(int port) throws InterruptedException {
        AtomicInteger next = new AtomicInteger();
        AtomicInteger taken = new AtomicInteger();
        AtomicLong deliveries = new AtomicLong();
        AtomicLong octets = new AtomicLong();
        List<Thread> clients = IntStream.range(0, CLIENTS)
                .mapToObj(i -> Thread.ofPlatform().start(() -> {
                    for (int number = next.incrementAndGet(); number <= MESSAGES; number = next.incrementAndGet()) {
                        MixedMail mail = MixedMail.of(number);
                        send(port, mail);
                        taken.incrementAndGet();
                        deliveries.addAndGet(mail.recipients().size());
                        octets.addAndGet(mail.content().length);
                    }
                }))
                .toList();
        for (Thread client : clients) {
            client.join();
        }
        assertThat(taken).hasValue(MESSAGES);
        return new Sent(MESSAGES, deliveries.get(), octets.get());
    }

    private static void send(int port, MixedMail mail) {
        try (ClientSession session = new ClientSession(port, ClientSession.Security.STARTTLS)) {
            session.open(MixedMail.SENDER, mail.recipients());
            session.content(mail.content());
            String reply = session.reply();
            if (!reply.startsWith("250")) {
                throw new IllegalStateException("message " + mail.number() + ": " + reply);
            }
            session.quit();
        } catch (IOException e) {
            throw new UncheckedIOException("message " + mail.number(), e);
        }
    }

    /** Until all are there, or nothing comes any more. */
    private static void awaitArrival(Mailbox mailbox, long deliveries) throws IOException {
        long before = -1;
        while (mailbox.count() < deliveries && mailbox.count() > before) {
            before = mailbox.count();
            long seen = before;
            long enough = Math.min(deliveries, seen + 1);
            try {
                await().atMost(STANDSTILL).pollInterval(Duration.ofMillis(500)).until(() -> mailbox.count() >= enough);
            } catch (org.awaitility.core.ConditionTimeoutException standstill) {
                return;
            }
        }
    }

    /** What came of it. */
    private static final class Tally {

        private final Map<String, Integer> copies = new ConcurrentHashMap<>();
        private final List<String> faults = new ArrayList<>();
        private long deliveries;
        private int lost;
        private int doubled;
        private int changed;
        private int signatures;
        private int broken;

        static Tally of(Mailbox mailbox) throws IOException {
            Tally tally = new Tally();
            for (Path file : mailbox.files()) {
                tally.arrived(Mailbox.read(file));
            }
            for (int number = 1; number <= MESSAGES; number++) {
                for (String recipient : MixedMail.recipients(number)) {
                    int count = tally.copies.getOrDefault(number + " " + recipient, 0);
                    tally.lost += count == 0 ? 1 : 0;
                    tally.doubled += Math.max(0, count - 1);
                    if (count != 1) {
                        tally.faults.add("message " + number + " to " + recipient + ": " + count + " times");
                    }
                }
            }
            return tally;
        }

        private void arrived(Mailbox.Arrived one) {
            deliveries++;
            int number = MixedMail.numberOf(one.whole(), one.begin());
            copies.merge(number + " " + one.recipient(), 1, Integer::sum);
            byte[] plain = MixedMail.plain(number);
            // A signature differs with its time; it stands in front of the rest, and proves itself.
            int from = one.whole().length - plain.length;
            if (from < one.begin()
                    || (!MixedMail.isSigned(number) && from != one.begin())
                    || !Arrays.equals(one.whole(), from, one.whole().length, plain, 0, plain.length)) {
                changed++;
                faults.add("message " + number + " to " + one.recipient() + " was changed");
            }
            if (MixedMail.isSigned(number)) {
                signatures++;
                Dkim.fault(one.whole()).ifPresent(fault -> {
                    broken++;
                    faults.add("message " + number + " to " + one.recipient() + ": " + fault);
                });
            }
        }

        @Override
        public String toString() {
            return "lost " + lost + ", doubled " + doubled + ", changed " + changed + "; of " + signatures
                    + " signatures " + broken + " do not verify";
        }
    }
}
