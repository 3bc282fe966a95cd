package io.sekisho.testkit.dialogue;

import java.util.Optional;
import java.util.regex.Pattern;

/** What one line of a dialogue does. */
sealed interface DialogueStep {

    /** {@code ->}, {@code =>} and {@code *>}: octets to send, as ISO 8859-1 text or, if it is not, UTF-8. */
    record Send(String octets, int times) implements DialogueStep {}

    /** {@code <-} and {@code <~}: the next line of the server. */
    record ExpectLine(Pattern line) implements DialogueStep {}

    /** {@code <...}: lines of the server up to this one. */
    record ExpectUntil(Pattern line) implements DialogueStep {}

    /** {@code <=}: a whole reply with this code. */
    record ExpectReply(String code) implements DialogueStep {}

    /** {@code has}: a line of the last whole reply. */
    record Has(Pattern text) implements DialogueStep {}

    /** {@code lacks}: no line of the last whole reply. */
    record Lacks(Pattern text) implements DialogueStep {}

    /** {@code c tls}. */
    record StartTls(Optional<String> version) implements DialogueStep {}

    /** {@code c closed}. */
    record ExpectClosed() implements DialogueStep {}

    /** {@code c close}. */
    record Close() implements DialogueStep {}
}
