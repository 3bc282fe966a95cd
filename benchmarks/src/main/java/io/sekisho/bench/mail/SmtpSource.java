package io.sekisho.bench.mail;

import io.sekisho.bench.comparison.Better;
import io.sekisho.bench.comparison.Comparison;
import io.sekisho.bench.comparison.Side;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The same by a client of another maker: Postfix's {@code smtp-source}, in clear, without pipelining. {@code -d} says that it does not
 * disconnect after a message; without it each message has a new connection.
 */
final class SmtpSource {

    private static final String PROGRAM = "/usr/sbin/smtp-source";
    /** Its runs are bounded by a number of messages; so many for each second that was asked for. */
    private static final int MESSAGES_PER_SECOND = 1_500;

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private SmtpSource() {}

    static List<Comparison> comparisons(int gatewayPort, int postfixPort, int sessions, int size, String domain) {
        List<String> common = List.of(
                "-s",
                Integer.toString(sessions),
                "-l",
                Integer.toString(size),
                "-f",
                "somebody@partner.example",
                "-t",
                "box@" + domain);
        return List.of(
                comparison("accept.smtp-source-d", "smtp-source -d", gatewayPort, postfixPort, with("-d", common)),
                comparison("accept.smtp-source", "smtp-source", gatewayPort, postfixPort, common));
    }

    private static List<String> with(String option, List<String> options) {
        List<String> all = new ArrayList<>(options);
        all.add(option);
        return all;
    }

    private static Comparison comparison(String name, String what, int gateway, int postfix, List<String> options) {
        return new Comparison(
                name,
                "messages taken from " + what + ", in clear",
                "messages/s",
                Better.HIGHER,
                side(gateway, options),
                "Postfix",
                side(postfix, options));
    }

    private static Side side(int port, List<String> options) {
        return span -> {
            int messages = (int) Math.max(100, span.toMillis() * MESSAGES_PER_SECOND / 1_000);
            List<String> words = new ArrayList<>(List.of(PROGRAM, "-m", Integer.toString(messages)));
            words.addAll(options);
            words.add("inet:127.0.0.1:" + port);
            long began = System.nanoTime();
            run(words);
            return messages * 1e9 / (System.nanoTime() - began);
        };
    }

    private static void run(List<String> words) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new IOException("smtp-source did not end within " + PATIENCE.toSeconds() + " s");
            }
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.exitValue() != 0 || !said.isBlank()) {
                throw new IOException("smtp-source ended with " + process.exitValue() + " and said: " + said);
            }
        } finally {
            process.destroyForcibly();
        }
    }
}
