package io.sekisho.testkit.peer;

import io.sekisho.testkit.peer.ContentKeeper.Kept;
import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.SSLSocket;

/** One connection of a {@link ScriptedSmtpServer}: reads commands, asks the rules, answers. One thread. */
final class PeerSession {

    private static final Reaction NONE = Reaction.answer();

    private final PeerSettings settings;
    private final PeerReplies replies;
    private final PeerTls tls;
    private final Journal journal;
    private final RecordedSession record;

    private Socket socket;
    private WireInput input;
    private String mail;
    private ContentKeeper chunks;
    private final List<String> forwardPaths = new ArrayList<>();

    PeerSession(
            PeerSettings settings,
            List<Rule> rules,
            PeerTls tls,
            Journal journal,
            RecordedSession record,
            CountDownLatch stopped) {
        this.settings = settings;
        replies = new PeerReplies(rules, stopped);
        this.tls = tls;
        this.journal = journal;
        this.record = record;
    }

    void run(Socket accepted) throws IOException, InterruptedException {
        use(accepted);
        act(Step.BANNER, "", Reaction.answer("220 " + settings.hostname + " ESMTP scripted peer"));
        while (replies.isOpen()) {
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
        replies.use(input, connection.getOutputStream());
    }

    private void command(String line) throws IOException, InterruptedException {
        int space = line.indexOf(' ');
        String argument = space < 0 ? "" : line.substring(space + 1);
        Optional<Step> step = Step.ofVerb(space < 0 ? line : line.substring(0, space));
        if (step.isEmpty()) {
            replies.send("500 5.5.2 unknown command");
        } else if (mustStartTlsFirst(step.get())) {
            replies.send("530 5.7.0 Must issue a STARTTLS command first");
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
                    replies.send("503 5.5.1 nested MAIL");
                } else if (act(step, argument, Reaction.answer("250 2.1.0 ok"))) {
                    mail = argument;
                }
            }
            case RCPT -> {
                if (mail == null) {
                    replies.send("503 5.5.1 MAIL first");
                } else if (act(step, argument, Reaction.answer("250 2.1.5 ok"))) {
                    forwardPaths.add(path(argument));
                }
            }
            case DATA -> data(argument);
            case BDAT -> chunk(argument);
            case RSET -> {
                forget();
                act(step, argument, Reaction.answer("250 2.0.0 ok"));
            }
            case NOOP -> act(step, argument, Reaction.answer("250 2.0.0 ok"));
            case VRFY -> act(step, argument, Reaction.answer("252 2.5.0 send some mail"));
            case QUIT -> {
                act(step, argument, Reaction.answer("221 2.0.0 bye"));
                replies.end();
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
            replies.send("503 5.5.1 RCPT first");
            return;
        }
        if (!act(Step.DATA, argument, Reaction.answer("354 go ahead"))) {
            return;
        }
        long closeAfter = Long.MAX_VALUE;
        Reaction reaction = replies.to(Step.CONTENT, "", NONE);
        if (reaction instanceof Reaction.CloseAfter(long octets)) {
            closeAfter = octets;
        } else {
            replies.perform(reaction);
        }
        if (!replies.isOpen()) {
            return;
        }
        Optional<Kept> kept = new ContentReader(input, settings.directory).read(closeAfter);
        if (kept.isEmpty()) {
            replies.end();
            return;
        }
        message(kept.get());
    }

    /** RFC 3030 §2: the octets follow at once, whatever is answered. */
    private void chunk(String argument) throws IOException, InterruptedException {
        boolean isLast = argument.toUpperCase(Locale.ROOT).endsWith(" LAST");
        chunks = chunks == null ? new ContentKeeper(settings.directory) : chunks;
        for (long left = Long.parseLong(argument.split(" ", 2)[0]); left > 0; left--) {
            chunks.add(input.readOrFail());
        }
        if (forwardPaths.isEmpty()) {
            replies.send("503 5.5.1 RCPT first");
        } else if (isLast) {
            message(chunks.keep());
        } else if (!act(Step.BDAT, argument, Reaction.answer("250 2.0.0 more"))) {
            forget();
        }
    }

    private void message(Kept kept) throws IOException, InterruptedException {
        String envelope = String.join(" ", forwardPaths);
        Reaction reaction =
                replies.to(Step.END_OF_DATA, envelope, Reaction.answer("250 2.0.0 taken as " + record.number()));
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
                        reaction.firstLine(),
                        kept.content()));
        forget();
        replies.perform(reaction);
    }

    private void startTls(String argument) throws IOException, InterruptedException {
        if (record.tls().isPresent() || settings.startTls == StartTlsBehaviour.NOT_OFFERED) {
            replies.send("502 5.5.1 STARTTLS is not offered");
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
                replies.send("this is no TLS record");
                replies.end();
                input.drain();
            }
            case CLOSED -> {
                input.read();
                replies.end();
            }
            case STALLED -> replies.perform(Reaction.silence());
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
        Reaction reaction = replies.to(step, argument, ordinary);
        replies.perform(reaction);
        String first = reaction.firstLine();
        return replies.isOpen() && (first.startsWith("2") || first.startsWith("3"));
    }

    private void forget() {
        mail = null;
        chunks = null;
        forwardPaths.clear();
    }

    private static String path(String argument) {
        int open = argument.indexOf('<');
        int close = argument.indexOf('>', open + 1);
        return open < 0 || close < 0 ? argument : argument.substring(open + 1, close);
    }
}
