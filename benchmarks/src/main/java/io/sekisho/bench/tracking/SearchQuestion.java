package io.sekisho.bench.tracking;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** What a support desk asks for, with another value each time. */
enum SearchQuestion {
    RECIPIENT("recipient", "a recipient's address", "lower(recipient) = lower(?)") {
        @Override
        String value(int index) {
            return "box" + index * 7 % 50_000 + "@d" + index * 7 % 100 + ".example";
        }

        @Override
        String query(int index) {
            return "recipient=" + encoded(value(index));
        }
    },
    SENDER("sender-prefix", "the beginning of a sender's address", "lower(sender) LIKE lower(?)") {
        @Override
        String value(int index) {
            return "user" + (100 + index * 13 % 900) + "%";
        }

        @Override
        String query(int index) {
            return "sender=" + encoded(value(index).replace('%', '*'));
        }
    },
    SENDER_DOMAIN("sender-domain", "a sender's domain", "lower(sender) LIKE lower(?)") {
        @Override
        String value(int index) {
            return "%@partner-" + index * 17 % 1_000 + ".example";
        }

        @Override
        String query(int index) {
            return "sender=" + encoded(value(index).replace('%', '*'));
        }
    },
    BLOCKED(
            "blocked",
            "blocked traffic of a domain",
            "traffic = 'BLOCKED' AND EXISTS (SELECT FROM delivery_domain o WHERE o.day = d.day AND o.delivery_id = d.delivery_id"
                    + " AND o.domain = ?)") {
        @Override
        String value(int index) {
            return "d" + index * 7 % 100 + ".example";
        }

        @Override
        String query(int index) {
            return "traffic=BLOCKED&domain=" + encoded(value(index));
        }
    };

    private final String id;
    private final String what;
    private final String condition;

    SearchQuestion(String id, String what, String condition) {
        this.id = id;
        this.what = what;
        this.condition = condition;
    }

    String id() {
        return id;
    }

    String what() {
        return what;
    }

    /** With one parameter, {@link #value}. */
    String sql() {
        return "SELECT * FROM delivery d WHERE " + condition
                + " ORDER BY day DESC, received_at DESC, delivery_id DESC LIMIT 50";
    }

    abstract String value(int index);

    /** The same for the API. */
    abstract String query(int index);

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
