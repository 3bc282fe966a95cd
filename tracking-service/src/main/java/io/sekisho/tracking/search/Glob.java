package io.sekisho.tracking.search;

import java.util.regex.Pattern;

/**
 * A text to search for, whatever the case of its letters: exact, or with {@code *} for any number of characters.
 *
 * @param text 1 to {@link #LONGEST} characters, at most {@link #MOST_STARS} {@code *}
 */
public record Glob(String text) {

    /** RFC 5322 §2.1.1: no subject and no address in a header field is longer. */
    public static final int LONGEST = 998;

    /** Each one multiplies the work that a comparison can take. */
    public static final int MOST_STARS = 5;

    /**
     * A text as the caller wrote it.
     *
     * @throws IllegalArgumentException saying what is accepted
     */
    public Glob {
        if (text.isEmpty() || text.length() > LONGEST) {
            throw new IllegalArgumentException("must have 1 to " + LONGEST + " characters");
        }
        if (text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("must not hold the character NUL");
        }
        text = text.replaceAll("\\*{2,}", "*");
        if (text.chars().filter(c -> c == '*').count() > MOST_STARS) {
            throw new IllegalArgumentException("must have at most " + MOST_STARS + " '*'");
        }
    }

    public boolean isExact() {
        return text.indexOf('*') < 0;
    }

    public boolean beginsWithText() {
        return text.charAt(0) != '*';
    }

    /** The pattern for SQL's {@code LIKE}, whose own special characters lose their meaning. */
    public String like() {
        return text.replaceAll("([\\\\%_])", "\\\\$1").replace('*', '%');
    }

    public boolean matches(String candidate) {
        String pattern = Pattern.quote(text).replace("*", "\\E.*\\Q");
        return Pattern.compile(pattern, Pattern.DOTALL | Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE)
                .matcher(candidate)
                .matches();
    }
}
