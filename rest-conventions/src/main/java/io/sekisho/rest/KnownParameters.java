package io.sekisho.rest;

import jakarta.ws.rs.core.UriInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The query parameters of a call. An unknown one is refused: a filter with a typing error in its name would otherwise filter nothing, and
 * whoever reads the list would take it for the answer.
 */
public record KnownParameters(Set<String> names) {

    public KnownParameters {
        names = Set.copyOf(names);
    }

    public static KnownParameters of(String... names) {
        return new KnownParameters(Set.of(names));
    }

    /**
     * Goes on only if all parameters are known and have values.
     *
     * @throws Refusal 400
     */
    public void require(UriInfo uri) {
        List<FieldError> faults = new ArrayList<>();
        new TreeMap<>(uri.getQueryParameters()).forEach((name, values) -> {
            if (!names.contains(name)) {
                faults.add(new FieldError(
                        name, "there is no such parameter; known are " + String.join(", ", new TreeSet<>(names))));
            } else if (values.stream().anyMatch(String::isBlank)) {
                // The framework takes it for absent, and "sender=" would then mean every sender.
                faults.add(new FieldError(name, "is empty; leave it out, or give it a value (<> for the null sender)"));
            }
        });
        if (!faults.isEmpty()) {
            throw Refusal.badRequest(faults);
        }
    }
}
