package io.sekisho.mail.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Optional;

/**
 * An SMTP reply, given or got.
 *
 * @param code three digits
 * @param enhancedStatus {@code 5.7.10}
 * @param text lines joined by a space, cut at 1,000 characters
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record ReplyFacts(int code, Optional<String> enhancedStatus, String text) {

    private static final int LONGEST = 1_000;

    public ReplyFacts {
        enhancedStatus = enhancedStatus == null ? Optional.empty() : enhancedStatus;
        text = text.length() > LONGEST ? text.substring(0, LONGEST) : text;
    }
}
