package io.sekisho.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.stream.Collectors;

/**
 * An error as the REST interfaces answer it (RFC 9457).
 *
 * @param type always {@code about:blank}: the status says what kind of problem it is (RFC 9457 §4.2.1)
 * @param title the phrase of the status
 * @param detail what is wrong here, for people
 * @param errors the fields that are wrong, where fields are
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Problem(String type, String title, int status, String detail, List<FieldError> errors) {

    public static final String MEDIA_TYPE = "application/problem+json";

    public Problem {
        errors = List.copyOf(errors);
    }

    public static Problem of(Response.StatusType status, String detail) {
        return of(status, detail, List.of());
    }

    /** A problem of one field. */
    static Problem of(Response.StatusType status, FieldError error) {
        return of(status, error.message(), List.of(error));
    }

    /** A 400 whose detail repeats what is wrong with each field. */
    public static Problem badRequest(List<FieldError> errors) {
        String detail = errors.stream().map(e -> e.field() + ": " + e.message()).collect(Collectors.joining("; "));
        return of(Response.Status.BAD_REQUEST, detail, errors);
    }

    /** A problem of several fields, told together. */
    public static Problem of(Response.StatusType status, String detail, List<FieldError> errors) {
        return new Problem("about:blank", status.getReasonPhrase(), status.getStatusCode(), detail, errors);
    }

    /** The response that carries this problem. */
    public Response response() {
        return Response.status(status).type(MEDIA_TYPE).entity(this).build();
    }
}
