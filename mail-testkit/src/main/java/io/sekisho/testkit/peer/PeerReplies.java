package io.sekisho.testkit.peer;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** What a peer says, or does not, at each step: by its rules, or in the ordinary way. One thread. */
final class PeerReplies {

    private final List<Rule> rules;
    private final CountDownLatch stopped;
    private WireInput input;
    private OutputStream output;
    private boolean open = true;

    /** @param stopped ends what waits */
    PeerReplies(List<Rule> rules, CountDownLatch stopped) {
        this.rules = rules;
        this.stopped = stopped;
    }

    /** From now on the replies go here. */
    void use(WireInput from, OutputStream to) {
        input = from;
        output = to;
    }

    boolean isOpen() {
        return open;
    }

    /** Nothing more is read. */
    void end() {
        open = false;
    }

    Reaction to(Step step, String argument, Reaction ordinary) {
        return rules.stream()
                .filter(rule -> rule.takes(step, argument))
                .findFirst()
                .map(Rule::reaction)
                .orElse(ordinary);
    }

    void perform(Reaction reaction) throws IOException, InterruptedException {
        switch (reaction) {
            case Reaction.Answer(List<String> lines) -> send(lines.toArray(String[]::new));
            case Reaction.Octets(String latin1) -> {
                output.write(latin1.getBytes(StandardCharsets.ISO_8859_1));
                output.flush();
            }
            case Reaction.Close() -> open = false;
            case Reaction.AnswerAndClose(List<String> lines) -> {
                send(lines.toArray(String[]::new));
                open = false;
            }
            case Reaction.CloseAfter(long octets) -> open = false;
            case Reaction.Silence() -> {
                open = false;
                input.drain();
            }
            case Reaction.Later(var delay, Reaction then) -> {
                if (stopped.await(delay.toNanos(), TimeUnit.NANOSECONDS)) {
                    open = false;
                } else {
                    perform(then);
                }
            }
        }
    }

    void send(String... lines) throws IOException {
        if (lines.length > 0) {
            output.write((String.join("\r\n", lines) + "\r\n").getBytes(StandardCharsets.UTF_8));
            output.flush();
        }
    }
}
