package io.sekisho.ingress.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekisho.mail.envelope.Recipient;
import io.sekisho.smtp.content.BareLf;
import java.nio.ByteBuffer;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Thousands of conversations from a seed, none of which may break a rule. A failure names the seed of its conversation; more are tried with
 * {@code -Dsekisho.fuzz.conversations=N -Dsekisho.fuzz.seed=N}.
 */
class HostileConversationTest {

    private static final int CONVERSATIONS = Integer.getInteger("sekisho.fuzz.conversations", 3_000);
    private static final long SEED = Long.getLong("sekisho.fuzz.seed", 20_261_124L);
    private static final Pattern REPLY = Pattern.compile("[2-5][0-9][0-9][ -].*", Pattern.DOTALL);
    private static final Pattern BARE = Pattern.compile("\\r(?!\\n)|(?<!\\r)\\n");

    static Stream<Arguments> listeners() {
        return Stream.of(ListenerMode.values())
                .flatMap(mode -> Stream.of(BareLf.values()).map(bareLf -> Arguments.of(mode, bareLf)));
    }

    @ParameterizedTest
    @MethodSource("listeners")
    void breaksNoRule(ListenerMode mode, BareLf bareLf) {
        int stored = 0;
        int admitted = 0;
        for (long seed = SEED; seed < SEED + CONVERSATIONS; seed++) {
            HostileConversation hostile = new HostileConversation(seed);
            Conversation once = hold(hostile, seed, mode, bareLf, new Random(seed));
            Conversation again = hold(hostile, seed, mode, bareLf, new Random(~seed));

            assertThat(again.transcript)
                    .as("seed %d: the same octets in other pieces", seed)
                    .isEqualTo(once.transcript);
            assertRules(once, hostile, seed, mode);
            stored += once.stored.size();
            admitted += once.transcript.contains("login anna@managed.test ADMITTED") ? 1 : 0;
        }
        // Else nothing was tried.
        if (mode.isForUsers()) {
            assertThat(admitted).isPositive();
        } else {
            assertThat(stored).isGreaterThan(CONVERSATIONS / 20);
        }
    }

    private static Conversation hold(
            HostileConversation hostile, long seed, ListenerMode mode, BareLf bareLf, Random cuts) {
        Conversation conversation = Conversation.of(mode, bareLf);
        conversation.answers = HostileConversation.answers(seed);
        for (ByteBuffer piece : hostile.pieces(cuts)) {
            try {
                conversation.send(piece);
            } catch (RuntimeException | StackOverflowError bug) {
                throw new AssertionError("seed " + seed + " after " + conversation.transcript, bug);
            }
        }
        if (!conversation.isClosed()) {
            conversation.tell(new SessionInput.Disconnected());
        }
        return conversation;
    }

    private static void assertRules(
            Conversation conversation, HostileConversation hostile, long seed, ListenerMode mode) {
        assertThat(conversation.isClosed()).as("seed %d", seed).isTrue();
        assertThat(conversation.replies)
                .as("seed %d", seed)
                .allMatch(reply -> REPLY.matcher(reply).matches());
        assertThat(conversation.storedContents)
                .as("seed %d: content in lines", seed)
                .allMatch(content -> !BARE.matcher(content).find() && content.endsWith("\r\n"))
                .allMatch(content -> content.startsWith("Received: "));
        assertThat(conversation.stored)
                .as("seed %d: more messages than ends of messages", seed)
                .hasSizeLessThanOrEqualTo(count(hostile.octets, "\r\n.\r\n") + count(hostile.octets, " LAST"));
        assertThat(conversation.stored)
                .as("seed %d: recipients that were accepted", seed)
                .allSatisfy(envelope -> assertThat(envelope.recipients())
                        .isNotEmpty()
                        .extracting(Recipient::forwardPath)
                        .isSubsetOf("b@managed.test", "c@authorised.test"));
        if (mode.isForUsers()) {
            assertThat(conversation.stored)
                    .as("seed %d: of users only", seed)
                    .allSatisfy(envelope ->
                            assertThat(envelope.upstream().authenticatedAs()).contains("anna@managed.test"));
        }
    }

    private static int count(String text, String part) {
        int count = 0;
        for (int at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + 1)) {
            count++;
        }
        return count;
    }
}
