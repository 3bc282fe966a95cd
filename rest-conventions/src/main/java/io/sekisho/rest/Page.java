package io.sekisho.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * One page of a list.
 *
 * @param nextCursor where the next page begins; null on the last
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Page<T>(
        List<T> items,

        @Schema(nullable = true, description = "Send it as ?cursor= for the next page; null on the last page.")
        String nextCursor) {

    public Page {
        items = List.copyOf(items);
    }

    /**
     * The page of rows that were read with one more than the page may hold: the surplus row only says that there is a next page.
     *
     * @param rows at most {@code limit + 1}
     * @param place where a list goes on behind a row
     */
    public static <R, T> Page<T> of(
            List<R> rows, PageLimit limit, Function<R, T> item, Function<R, ? extends Record> place) {
        boolean more = rows.size() > limit.rows();
        List<R> shown = more ? rows.subList(0, limit.rows()) : rows;
        return new Page<>(
                shown.stream().map(item).toList(),
                more ? Cursor.encode(place.apply(shown.get(shown.size() - 1))) : null);
    }
}
