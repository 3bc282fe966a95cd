package io.sekisho.rest;

import io.sekisho.mail.address.DomainName;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.util.List;

/**
 * A request that is answered with a {@link Problem}. It is an exception so that it rolls back the transaction in which the fault was
 * found; to the caller of the interface it is an ordinary answer, and it is not logged.
 */
public final class Refusal extends WebApplicationException {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    private Refusal(Problem problem, Response response) {
        super(problem.detail(), response);
        this.problem = problem;
    }

    public Refusal(Problem problem) {
        this(problem, problem.response());
    }

    public Problem problem() {
        return problem;
    }

    /** 400 for one field or parameter. */
    public static Refusal badRequest(String field, String message) {
        return badRequest(List.of(new FieldError(field, message)));
    }

    /** 400 for all that is wrong. */
    public static Refusal badRequest(List<FieldError> errors) {
        return new Refusal(Problem.badRequest(errors));
    }

    /**
     * 401 with the challenge that RFC 6750 §3 asks for.
     *
     * @param challenge value of {@code WWW-Authenticate}
     */
    static Refusal unauthorized(String challenge, String detail) {
        Problem problem = Problem.of(Response.Status.UNAUTHORIZED, detail);
        Response response = Response.fromResponse(problem.response())
                .header("WWW-Authenticate", challenge)
                .build();
        return new Refusal(problem, response);
    }

    /** 403: the caller's role forbids the call, whatever it names. */
    public static Refusal forbidden(String detail) {
        return new Refusal(Problem.of(Response.Status.FORBIDDEN, detail));
    }

    /** 403: the caller's role forbids to set this field. */
    public static Refusal forbidden(String field, String message) {
        return new Refusal(Problem.of(Response.Status.FORBIDDEN, new FieldError(field, message)));
    }

    public static Refusal notFound(String detail) {
        return new Refusal(Problem.of(Response.Status.NOT_FOUND, detail));
    }

    /** 404, the same for a domain that does not exist and for one that lies outside the caller's domains. */
    public static Refusal noSuchDomain(DomainName domain) {
        return notFound("There is no managed domain " + domain + ".");
    }

    public static Refusal conflict(String detail) {
        return new Refusal(Problem.of(Response.Status.CONFLICT, detail));
    }

    /** 409: the request is well-formed, and this field does not fit what there is. */
    public static Refusal conflict(String field, String message) {
        return new Refusal(Problem.of(Response.Status.CONFLICT, new FieldError(field, message)));
    }

    /** 412: {@code If-Match} or {@code If-None-Match} does not hold (RFC 9110 §13.1). */
    public static Refusal preconditionFailed(String detail) {
        return new Refusal(Problem.of(Response.Status.PRECONDITION_FAILED, detail));
    }

    /** 503: something this answer needs cannot be reached now. */
    public static Refusal unavailable(String detail) {
        return new Refusal(Problem.of(Response.Status.SERVICE_UNAVAILABLE, detail));
    }
}
