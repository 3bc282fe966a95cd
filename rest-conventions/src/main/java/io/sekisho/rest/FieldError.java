package io.sekisho.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Optional;

/**
 * One fault of a request.
 *
 * @param field path of the field or name of the parameter: {@code outbound.relaySources[1]}
 * @param message what is wrong and what to do
 * @param line where the request is a file: the line, from 1
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record FieldError(String field, String message, Optional<Integer> line) {

    public FieldError(String field, String message) {
        this(field, message, Optional.empty());
    }

    /** The same fault, of a line of a file. */
    public FieldError at(int number) {
        return new FieldError(field, message, Optional.of(number));
    }
}
