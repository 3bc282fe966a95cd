package io.sekisho.smtp.reply;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What a server said it can do: the keywords of its EHLO reply (RFC 5321 §4.1.1.1).
 *
 * @param greeting the first line, normally the server's name
 * @param keywords upper-case keyword to its parameters, in the order offered
 */
public record EhloResponse(String greeting, Map<String, List<String>> keywords) {

    public EhloResponse {
        Map<String, List<String>> copy = new LinkedHashMap<>();
        keywords.forEach((keyword, parameters) -> copy.put(keyword, List.copyOf(parameters)));
        keywords = java.util.Collections.unmodifiableMap(copy);
    }

    /** What a server offers that took HELO only: nothing. */
    public static EhloResponse none(String greeting) {
        return new EhloResponse(greeting, Map.of());
    }

    /** Reads the lines of a 250 reply to EHLO; a keyword offered twice counts once, the first time. */
    public static EhloResponse of(SmtpReply reply) {
        Map<String, List<String>> keywords = new LinkedHashMap<>();
        for (String line : reply.lines().subList(1, reply.lines().size())) {
            String[] words = line.strip().split("[ \t]+");
            if (!words[0].isEmpty()) {
                keywords.putIfAbsent(
                        words[0].toUpperCase(Locale.ROOT), List.of(words).subList(1, words.length));
            }
        }
        return new EhloResponse(reply.lines().getFirst(), keywords);
    }

    public boolean offers(EhloKeyword keyword) {
        return keywords.containsKey(keyword.wireName());
    }

    /** The largest message the server takes, in octets; empty if it states none or 0, no limit (RFC 1870 §4). */
    public OptionalLong sizeLimit() {
        List<String> parameters = keywords.getOrDefault(EhloKeyword.SIZE.wireName(), List.of());
        if (parameters.isEmpty() || !parameters.getFirst().matches("[0-9]{1,18}")) {
            return OptionalLong.empty();
        }
        long limit = Long.parseLong(parameters.getFirst());
        return limit == 0 ? OptionalLong.empty() : OptionalLong.of(limit);
    }
}
