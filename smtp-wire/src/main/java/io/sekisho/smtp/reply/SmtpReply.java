package io.sekisho.smtp.reply;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One SMTP reply: code, enhanced status and one or more lines of text (RFC 5321 §4.2, RFC 2034 §4).
 *
 * <p>Text comes from anywhere, hostile clients included, so it is cleaned here and not by each caller: a control
 * character becomes {@code ?}, and a line too long for the wire is continued on the next when rendered. No text can
 * therefore add a line to the protocol.
 *
 * @param code 200 to 599
 * @param status never present on a 3yz reply; its class is that of the code (RFC 2034 §4)
 * @param lines at least one, without code, status and line end
 */
public record SmtpReply(int code, Optional<EnhancedStatus> status, List<String> lines) {

    /** RFC 5321 §4.5.3.1.5: a reply line holds at most 512 octets, code and CRLF included. */
    public static final int MAX_LINE_OCTETS = 512;

    /** Far above any reply of ours; bounds what one reply can hold. */
    public static final int MAX_LINES = 128;

    // "250-", "5.999.999 " and CRLF.
    private static final int MAX_TEXT = MAX_LINE_OCTETS - 4 - 10 - 2;

    public SmtpReply {
        if (code < 200 || code > 599) {
            throw new IllegalArgumentException("a reply code is 200 to 599 (RFC 5321 §4.2.1), not " + code);
        }
        // RFC 2034 §4: the first digits of code and status must agree.
        if (status.isPresent() && status.get().statusClass() != code / 100) {
            throw new IllegalArgumentException("enhanced status " + status.get() + " contradicts reply code " + code);
        }
        if (lines.isEmpty() || lines.size() > MAX_LINES) {
            throw new IllegalArgumentException("a reply has 1 to " + MAX_LINES + " lines, not " + lines.size());
        }
        lines = lines.stream().map(SmtpReply::clean).toList();
    }

    /** A reply without an enhanced status: greeting, HELO, EHLO and 3yz (RFC 2034 §4). */
    public static SmtpReply of(int code, String... lines) {
        return new SmtpReply(code, Optional.empty(), List.of(lines));
    }

    /**
     * A reply with an enhanced status.
     *
     * @throws IllegalArgumentException if the status is malformed or contradicts the code
     */
    public static SmtpReply of(int code, EnhancedStatus status, String... lines) {
        return new SmtpReply(code, Optional.of(status), List.of(lines));
    }

    /** The lines joined by a space. */
    public String text() {
        return String.join(" ", lines);
    }

    public boolean isPositive() {
        return code < 400;
    }

    public boolean isTransientFailure() {
        return code / 100 == 4;
    }

    public boolean isPermanentFailure() {
        return code / 100 == 5;
    }

    /**
     * The reply as it goes over the wire, CRLF at the end of each line. It is pure US-ASCII: other characters, which a
     * client without SMTPUTF8 may not be sent (RFC 6531 §3.7.4.2), become {@code ?}.
     */
    public String render() {
        List<String> wireLines = new ArrayList<>();
        lines.forEach(line -> cut(line, wireLines));
        StringBuilder wire = new StringBuilder();
        for (int i = 0; i < wireLines.size(); i++) {
            wire.append(code).append(i == wireLines.size() - 1 ? ' ' : '-');
            status.ifPresent(value -> wire.append(value).append(' '));
            String line = wireLines.get(i);
            for (int at = 0; at < line.length(); at++) {
                char c = line.charAt(at);
                wire.append(c < 0x80 ? c : '?');
            }
            wire.append("\r\n");
        }
        return wire.toString();
    }

    /** One line for logs and events: code, status, text. */
    @Override
    public String toString() {
        return code + status.map(value -> " " + value).orElse("") + " " + text();
    }

    private static String clean(String line) {
        StringBuilder cleaned = new StringBuilder(line.length());
        for (int at = 0; at < line.length(); at++) {
            char c = line.charAt(at);
            // U+2028 and U+2029 end a line for some log readers; U+0085 is a control character already.
            boolean unsafe = Character.isISOControl(c) || c == '\u2028' || c == '\u2029';
            cleaned.append(c == '\t' ? ' ' : unsafe ? '?' : c);
        }
        return cleaned.toString();
    }

    private static void cut(String line, List<String> into) {
        String rest = line;
        while (rest.length() > MAX_TEXT) {
            int space = rest.lastIndexOf(' ', MAX_TEXT);
            int at = space > 0 ? space : MAX_TEXT;
            into.add(rest.substring(0, at));
            rest = rest.substring(space > 0 ? at + 1 : at);
        }
        into.add(rest);
    }
}
