package io.sekisho.testkit.peer;

import io.sekisho.testkit.peer.ContentKeeper.Kept;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;

/** One connection of a {@link ScriptedSmtpServer}: reads commands, asks the rules, answers. One thread. */
final class PeerSession {

    private static final Reaction NONE = Reaction.answer();

    private final PeerSettings settings;
    private final List<Rule> rules;
    private final PeerTls tls;
    private final Journal journal;
    private final RecordedSession record;
    private final CountDownLatch stopped;

    private Socket socket;
    private WireInput input;
    private OutputStream output;
    private boolean open = true;
    private String mail;
    private final List<String> forwardPaths = new ArrayList<>();

    PeerSession(
            PeerSettings settings,
            List<Rule> rules,
            PeerTls tls,
            Journal journal,
            RecordedSession record,
            CountDownLatch stopped) {
        this.settings = settings;
        this.rules = rules;
        this.tls = tls;
        this.journal = journal;
        this.record = record;
        this.stopped = stopped;
    }

    void run(Socket accepted) throws IOException, InterruptedException {
        use(accepted);
        act(Step.BANNER, "", Reaction.answer("220 " + settings.hostname + " ESMTP scripted peer"));
        while (open) {
            String line = input.readLine();
            if (line == null) {
                break;
            }
            journal.note(() -> record.add(line));
            command(line);
        }
        // The TLS socket, where there is one: so the client gets its close_notify.
        socket.close();
    }

    private void use(Socket connection) throws IOException {
        socket = connection;
        input = new WireInput(connection.getInputStream());
        output = connection.getOutputStream();
    }

    private void command(String line) throws IOException, InterruptedException {
        int space = line.indexOf(' ');
        String argument = space < 0 ? "" : line.substring(space + 1);
        Optional<Step> step = Step.ofVerb(space < 0 ? line : line.substring(0, space));
        if (step.isEmpty()) {
            send("500 5.5.2 unknown command");
        } else if (mustStartTlsFirst(step.get())) {
            send("530 5.7.0 Must issue a STARTTLS command first");
        } else {
            command(step.get(), argument);
        }
    }

    private boolean mustStartTlsFirst(Step step) {
        return settings.startTls == StartTlsBehaviour.REQUIRED
                && record.tls().isEmpty()
                && switch (step) {
                    case EHLO, STARTTLS, NOOP, QUIT -> false;
                    default -> true;
                };
    }

    private void command(Step step, String argument) throws IOException, InterruptedException {
        switch (step) {
            case EHLO -> {
                forget();
                act(step, argument, new Reaction.Answer(ehloReply()));
            }
            case HELO -> {
                forget();
                act(step, argument, Reaction.answer("250 " + settings.hostname));
            }
            case STARTTLS -> startTls(argument);
            case MAIL -> {
                if (mail != null) {
                    send("503 5.5.1 nested MAIL");
                } else if (act(step, argument, Reaction.answer("250 2.1.0 ok"))) {
                    mail = argument;
                }
            }
            case RCPT -> {
                if (mail == null) {
                    send("503 5.5.1 MAIL first");
                } else if (act(step, argument, Reaction.answer("250 2.1.5 ok"))) {
                    forwardPaths.add(path(argument));
                }
            }
            case DATA -> data(argument);
            case RSET -> {
                forget();
                act(step, argument, Reaction.answer("250 2.0.0 ok"));
            }
            case NOOP -> act(step, argument, Reaction.answer("250 2.0.0 ok"));
            case VRFY -> act(step, argument, Reaction.answer("252 2.5.0 send some mail"));
            case QUIT -> {
                act(step, argument, Reaction.answer("221 2.0.0 bye"));
                open = false;
            }
            case BANNER, CONTENT, END_OF_DATA -> throw new IllegalStateException(step + " is no command");
        }
    }

    private List<String> ehloReply() {
        List<String> words = new ArrayList<>();
        words.add(settings.hostname);
        words.addAll(settings.keywords);
        if (settings.startTls != StartTlsBehaviour.NOT_OFFERED && record.tls().isEmpty()) {
            words.add("STARTTLS");
        }
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < words.size(); i++) {
            lines.add("250" + (i == words.size() - 1 ? " " : "-") + words.get(i));
        }
        return lines;
    }

    private void data(String argument) throws IOException, InterruptedException {
        if (forwardPaths.isEmpty()) {
            send("503 5.5.1 RCPT first");
            return;
        }
        if (!act(Step.DATA, argument, Reaction.answer("354 go ahead"))) {
            return;
        }
        long closeAfter = Long.MAX_VALUE;
        Reaction reaction = reaction(Step.CONTENT, "", NONE);
        if (reaction instanceof Reaction.CloseAfter(long octets)) {
            closeAfter = octets;
        } else {
            perform(reaction);
        }
        if (!open) {
            return;
        }
        Optional<Kept> kept = new ContentReader(input, settings.directory).read(closeAfter);
        if (kept.isEmpty()) {
            open = false;
            return;
        }
        message(kept.get());
    }

    private void message(Kept kept) throws IOException, InterruptedException {
        String envelope = String.join(" ", forwardPaths);
        Reaction reaction =
                reaction(Step.END_OF_DATA, envelope, Reaction.answer("250 2.0.0 taken as " + record.number()));
        // Recorded before the answer goes out: who has seen the answer finds the message in the journal.
        journal.record(
                record,
                new RecordedMessage(
                        mail,
                        path(mail),
                        List.copyOf(forwardPaths),
                        kept.octets(),
                        kept.sha256(),
                        record.tls(),
                        firstLine(reaction),
                        kept.content()));
        forget();
        perform(reaction);
    }

    private void startTls(String argument) throws IOException, InterruptedException {
        if (record.tls().isPresent() || settings.startTls == StartTlsBehaviour.NOT_OFFERED) {
            send("502 5.5.1 STARTTLS is not offered");
            return;
        }
        Reaction ordinary = switch (settings.startTls) {
            case REFUSED -> Reaction.answer("454 4.7.0 TLS not available due to temporary reason");
            case INJECTED -> Reaction.answer("220 2.0.0 ready", "250 injected.example");
            default -> Reaction.answer("220 2.0.0 ready to start TLS");
        };
        if (!act(Step.STARTTLS, argument, ordinary)) {
            return;
        }
        switch (settings.startTls) {
            case GARBAGE -> {
                input.read();
                output.write("this is no TLS record\r\n".getBytes(StandardCharsets.US_ASCII));
                output.flush();
                open = false;
                input.drain();
            }
            case CLOSED -> {
                input.read();
                open = false;
            }
            case STALLED -> perform(Reaction.silence());
            default -> {
                SSLSocket secured = tls.accept(socket, input.takeBuffered());
                use(secured);
                journal.note(() -> record.secured(RecordedTls.of(secured.getSession())));
                forget();
            }
        }
    }

    /** Reacts by rule or as given; true if what was asked is granted. */
    private boolean act(Step step, String argument, Reaction ordinary) throws IOException, InterruptedException {
        Reaction reaction = reaction(step, argument, ordinary);
        perform(reaction);
        String first = firstLine(reaction);
        return open && (first.startsWith("2") || first.startsWith("3"));
    }

    private Reaction reaction(Step step, String argument, Reaction ordinary) {
        return rules.stream()
                .filter(rule -> rule.takes(step, argument))
                .findFirst()
                .map(Rule::reaction)
                .orElse(ordinary);
    }

    private void perform(Reaction reaction) throws IOException, InterruptedException {
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

    private void send(String... lines) throws IOException {
        if (lines.length > 0) {
            output.write((String.join("\r\n", lines) + "\r\n").getBytes(StandardCharsets.UTF_8));
            output.flush();
        }
    }

    private void forget() {
        mail = null;
        forwardPaths.clear();
    }

    private static String firstLine(Reaction reaction) {
        return switch (reaction) {
            case Reaction.Answer(List<String> lines) -> lines.isEmpty() ? "" : lines.getFirst();
            case Reaction.AnswerAndClose(List<String> lines) -> lines.isEmpty() ? "" : lines.getFirst();
            case Reaction.Octets(String latin1) -> latin1;
            case Reaction.Later(var delay, Reaction then) -> firstLine(then);
            case Reaction.Close() -> "";
            case Reaction.CloseAfter(long octets) -> "";
            case Reaction.Silence() -> "";
        };
    }

    private static String path(String argument) {
        int open = argument.indexOf('<');
        int close = argument.indexOf('>', open + 1);
        return open < 0 || close < 0 ? argument : argument.substring(open + 1, close);
    }
}
