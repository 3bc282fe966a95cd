package io.sekisho.smtp.trace;

import io.sekisho.mail.address.IpAddress;
import io.sekisho.mail.tls.TlsFacts;
import io.sekisho.smtp.path.MailboxDomain;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/**
 * The trace field put before a message that was received (RFC 5321 §4.4). Whatever a client said is cleaned here, so
 * that no value can end the field or begin another.
 *
 * @param greetedAs the name or literal of EHLO or HELO
 * @param clientAddress where the client connected from
 * @param by this host's name
 * @param type the {@code with} clause
 * @param tls what the session had; plain text leaves the comment out
 * @param id of the message, a word
 * @param recipient shown only where the message has one recipient: others are nobody's business (RFC 5321 §7.2)
 * @param at when the message was received
 */
public record ReceivedField(
        String greetedAs,
        IpAddress clientAddress,
        String by,
        TransmissionType type,
        TlsFacts tls,
        String id,
        Optional<String> recipient,
        Instant at) {

    // RFC 5322 §3.3; day of month without a leading zero, zone as digits.
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern(
                    "EEE, d MMM uuuu HH:mm:ss xx", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private static final String FOLD = "\r\n ";

    /** Longest line without its CRLF (RFC 5322 §2.1.1 allows 998). */
    private static final int MAX_CLAUSE = 500;

    /** The whole field, folded, CRLF at its end. */
    public String render() {
        StringBuilder field = new StringBuilder("Received: from ");
        String literal = new MailboxDomain.Literal(clientAddress).toString();
        Optional<MailboxDomain> domain = MailboxDomain.parse(greetedAs);
        if (domain.isPresent()) {
            // RFC 6531 §3.7.3: a field of ASCII wherever it can be one, so U-labels become A-labels.
            String name = greetedAs.chars().allMatch(c -> c < 0x80)
                    ? greetedAs
                    : domain.get().toString();
            field.append(clean(name)).append(" (").append(literal).append(')');
        } else {
            field.append(literal)
                    .append(" (greeted as ")
                    .append(comment(greetedAs))
                    .append(')');
        }
        field.append(FOLD)
                .append("by ")
                .append(clean(by))
                .append(" (Sekisho) with ")
                .append(type);
        if (tls.isTls()) {
            field.append(FOLD).append('(').append(comment(tlsComment())).append(')');
        }
        field.append(FOLD).append("id ").append(clean(id));
        recipient.ifPresent(
                path -> field.append(FOLD).append("for <").append(clean(path)).append('>'));
        field.append(';').append(FOLD).append(DATE.format(at)).append("\r\n");
        return field.toString();
    }

    /** The field as octets: UTF-8, which stays US-ASCII unless the recipient's address is not (RFC 6531 §3.7.3). */
    public byte[] octets() {
        return render().getBytes(StandardCharsets.UTF_8);
    }

    private String tlsComment() {
        return tls.protocol()
                + tls.cipher().map(cipher -> ":" + cipher).orElse("")
                + tls.group().map(group -> ":" + group).orElse("");
    }

    private static String clean(String text) {
        String cut = text.length() > MAX_CLAUSE ? text.substring(0, MAX_CLAUSE) : text;
        StringBuilder cleaned = new StringBuilder(cut.length());
        cut.chars().forEach(c -> cleaned.append(c < ' ' || (c >= 0x7f && c < 0xa0) ? '?' : (char) c));
        return cleaned.toString();
    }

    // RFC 5322 §3.2.2: parentheses and backslashes would end or escape the comment.
    private static String comment(String text) {
        return clean(text).replaceAll("[()\\\\]", "?");
    }
}
