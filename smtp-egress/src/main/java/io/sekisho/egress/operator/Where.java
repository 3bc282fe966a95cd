package io.sekisho.egress.operator;

import io.vertx.mutiny.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;

/**
 * The conditions of a statement and their values. Not for use by several threads.
 *
 * <p>A condition is a text of ours with {@code ?} for its one value; nothing that came from outside is ever part of a text.
 */
final class Where {

    private final List<String> conditions = new ArrayList<>();
    private final List<Object> values = new ArrayList<>();

    Where and(String condition, Object value) {
        conditions.add(condition.replace("?", place(value)));
        return this;
    }

    Where and(String condition) {
        conditions.add(condition);
        return this;
    }

    /** A value that stands outside of the conditions; the result is its place in the statement, {@code $3}. */
    String place(Object value) {
        values.add(value);
        return "$" + values.size();
    }

    Tuple values() {
        return Tuple.from(values);
    }

    /** {@code true} where there are none. */
    @Override
    public String toString() {
        return conditions.isEmpty() ? "true" : String.join(" AND ", conditions);
    }
}
