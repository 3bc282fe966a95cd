package io.sekisho.ingress.session;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a client might say that knows SMTP well and means no good, made from a seed. */
final class HostileConversation {

    private static final String[] COMMANDS = {
        "EHLO client.test",
        "HELO client.test",
        "MAIL FROM:<a@sender.test>",
        "MAIL FROM:<a@sender.test>",
        "MAIL FROM:<> BODY=8BITMIME SMTPUTF8",
        "MAIL FROM:<a@sender.test> SIZE=99999999",
        "RCPT TO:<b@managed.test>",
        "RCPT TO:<b@managed.test>",
        "RCPT TO:<c@authorised.test>",
        "RCPT TO:<d@tls.test>",
        "RCPT TO:<e@elsewhere.test>",
        "DATA",
        "DATA",
        "BDAT 0",
        "BDAT 7 LAST",
        "BDAT 18446744073709551616",
        "BDAT",
        "RSET",
        "NOOP",
        "VRFY someone",
        "STARTTLS",
        "AUTH PLAIN",
        "AUTH LOGIN",
        "AUTH PLAIN " + base64("\0anna@managed.test\0secret"),
        "AUTH PLAIN " + base64("\0anna@managed.test\0wrong"),
        "*",
        "QUIT",
        "HELP",
        "",
        "."
    };

    private static final String[] LINE_ENDS = {
        "\r\n", "\r\n", "\r\n", "\r\n", "\r\n", "\r\n", "\r\n", "\n", "\r", "\r\r\n"
    };

    private static final String[] ENDS_OF_DATA = {
        "\r\n.\r\n",
        "\r\n.\r\n",
        "\r\n.\r\n",
        "\n.\n",
        "\n.\r\n",
        "\r\n.\n",
        "\r.\r",
        "\r\n.\r",
        "\r.\r\n",
        "\r\n\0.\r\n",
        "\r\n.\0\r\n",
        "\r\n..\r\n",
        "\r\n.\r\r\n",
        "\n\r\n.\r\n",
        "\r\n.\r\n.\r\n"
    };

    /** Whether octets came behind these commands at once is a part of what the client says, so no cut may decide it. */
    private static final Pattern DATA = Pattern.compile("DATA\\s*\\r\\n", Pattern.CASE_INSENSITIVE);

    private static final Pattern START_TLS = Pattern.compile("STARTTLS\\s*\\r\\n", Pattern.CASE_INSENSITIVE);

    private final Random random;
    private final boolean injecting;
    final String octets;

    HostileConversation(long seed) {
        random = new Random(seed);
        injecting = random.nextInt(4) == 0;
        StringBuilder all = new StringBuilder("EHLO client.test\r\n");
        if (random.nextBoolean()) {
            all.append("STARTTLS\r\nEHLO client.test\r\n");
        }
        if (random.nextBoolean()) {
            all.append("AUTH PLAIN ")
                    .append(base64("\0anna@managed.test\0secret"))
                    .append("\r\n");
        }
        int turns = 1 + random.nextInt(25);
        for (int turn = 0; turn < turns; turn++) {
            all.append(turn());
        }
        octets = all.toString();
    }

    private String turn() {
        return switch (random.nextInt(12)) {
            case 0 -> content();
            case 1 -> chunk();
            case 2 -> "x".repeat(random.nextInt(3_000)) + "\r\n";
            case 3 -> mutated(one(COMMANDS)) + one(LINE_ENDS);
            case 4 -> "MAIL FROM:<a@sender.test>\r\nRCPT TO:<b@managed.test>\r\nDATA\r\n" + content();
            case 5 -> "MAIL FROM:<a@sender.test>\r\nRCPT TO:<c@authorised.test>\r\n" + chunk();
            case 6 -> "RSET\r\nMAIL FROM:<a@sender.test>\r\nRCPT TO:<b@managed.test>\r\n";
            default -> one(COMMANDS) + one(LINE_ENDS);
        };
    }

    private String content() {
        StringBuilder content = new StringBuilder("Subject: fuzz\r\n");
        int lines = random.nextInt(6);
        for (int line = 0; line < lines; line++) {
            content.append(".".repeat(random.nextInt(3)))
                    .append(random.nextBoolean() ? "text \u00e9" : one(COMMANDS))
                    .append(one(LINE_ENDS));
        }
        return content + "body" + one(ENDS_OF_DATA);
    }

    private String chunk() {
        String body = content();
        // Now and then the announced length is not the true one.
        int announced = random.nextInt(8) == 0 ? random.nextInt(2_000) : body.length();
        return "BDAT " + announced + (random.nextBoolean() ? " LAST" : "") + "\r\n" + body;
    }

    private String mutated(String text) {
        StringBuilder changed = new StringBuilder(text);
        for (int change = random.nextInt(3); change >= 0 && !changed.isEmpty(); change--) {
            int at = random.nextInt(changed.length());
            switch (random.nextInt(3)) {
                case 0 -> changed.setCharAt(at, (char) random.nextInt(256));
                case 1 -> changed.deleteCharAt(at);
                default -> changed.insert(at, changed.charAt(at));
            }
        }
        return changed.toString();
    }

    private String one(String[] some) {
        return some[random.nextInt(some.length)];
    }

    /** The octets in pieces as a network might deliver them. */
    List<ByteBuffer> pieces(Random cuts) {
        boolean[] never = behind(DATA);
        boolean[] always = new boolean[octets.length() + 1];
        if (injecting) {
            boolean[] behindStartTls = behind(START_TLS);
            for (int at = 0; at < never.length; at++) {
                never[at] |= behindStartTls[at];
            }
        } else {
            always = behind(START_TLS);
        }
        List<ByteBuffer> pieces = new ArrayList<>();
        int from = 0;
        while (from < octets.length()) {
            int wanted = Math.min(octets.length(), from + 1 + cuts.nextInt(200));
            int to = from + 1;
            while (to < octets.length() && !always[to] && (to < wanted || never[to])) {
                to++;
            }
            pieces.add(ByteBuffer.wrap(octets.substring(from, to).getBytes(StandardCharsets.ISO_8859_1)));
            from = to;
        }
        return pieces;
    }

    private boolean[] behind(Pattern command) {
        boolean[] places = new boolean[octets.length() + 1];
        Matcher found = command.matcher(octets);
        while (found.find()) {
            places[found.end()] = true;
        }
        return places;
    }

    /** Answers of a gateway on which now and then something fails: the same for the same seed. */
    static Function<Effect, SessionInput> answers(long seed) {
        Random luck = new Random(seed);
        return effect -> {
            SessionInput well = Conversation.wellAnswered(effect);
            if (well == null || luck.nextInt(8) > 0) {
                return well;
            }
            return switch (effect) {
                case Effect.OpenContent open ->
                    new SessionInput.ContentUnavailable(SessionInput.Shortage.MEMORY, "fuzz");
                case Effect.Store store -> new SessionInput.NotStored("fuzz");
                case Effect.StartTls start -> new SessionInput.TlsUnavailable("fuzz");
                default -> well;
            };
        };
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
