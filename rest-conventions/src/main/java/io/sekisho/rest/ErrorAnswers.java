package io.sekisho.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.ElementKind;
import jakarta.validation.Path;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Comparator;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Turns every failure of a request into a {@link Problem}; the one place where exceptions become answers. */
public class ErrorAnswers {
    private static final Logger LOG = Logger.getLogger(ErrorAnswers.class);

    @ServerExceptionMapper
    Response json(MismatchedInputException fault) {
        return JsonFault.problem(fault).response();
    }

    /** Not found, wrong method, wrong media type, and JSON that does not parse: what the framework refuses by itself. */
    @ServerExceptionMapper
    Response refusedByFramework(WebApplicationException refused, @Context UriInfo uri, @Context HttpHeaders headers) {
        if (refused.getCause() instanceof JsonProcessingException fault) {
            return JsonFault.problem(fault).response();
        }
        Response answer = refused.getResponse();
        if (answer.getStatusInfo().getFamily() == Response.Status.Family.SERVER_ERROR) {
            return unexpected(refused, uri);
        }
        String detail = switch (answer.getStatus()) {
            case 404 -> "There is nothing at " + uri.getPath() + ".";
            case 405 -> "This method is not allowed at " + uri.getPath() + "; OPTIONS lists those that are.";
            case 406 -> "The answer cannot be given in any media type that Accept names.";
            case 415 ->
                "The media type " + headers.getHeaderString(HttpHeaders.CONTENT_TYPE)
                        + " is not accepted; use application/json.";
            default -> answer.getStatusInfo().getReasonPhrase() + ".";
        };
        return Response.fromResponse(answer)
                .type(Problem.MEDIA_TYPE)
                .entity(Problem.of(answer.getStatusInfo(), detail))
                .build();
    }

    @ServerExceptionMapper
    Response invalid(ConstraintViolationException invalid, @Context UriInfo uri) {
        boolean ofAnswer = invalid.getConstraintViolations().stream().anyMatch(ErrorAnswers::isAboutReturnValue);
        return ofAnswer
                ? unexpected(invalid, uri)
                : Problem.badRequest(invalid.getConstraintViolations().stream()
                                .map(v -> new FieldError(field(v.getPropertyPath()), v.getMessage()))
                                .sorted(Comparator.comparing(FieldError::field))
                                .toList())
                        .response();
    }

    /** A bug or broken infrastructure: the log has everything under a reference, the caller only the reference. */
    @ServerExceptionMapper
    Response unexpected(Throwable failure, @Context UriInfo uri) {
        if (failure.getCause() instanceof Refusal refusal) {
            return refusal.getResponse();
        }
        String reference = UUID.randomUUID().toString();
        LOG.errorf(failure, "action=answer-request result=failed reference=%s path=%s", reference, uri.getPath());
        return Problem.of(
                        Response.Status.INTERNAL_SERVER_ERROR,
                        "The request failed for a reason on our side; the log has it under reference " + reference
                                + ".")
                .response();
    }

    private static boolean isAboutReturnValue(ConstraintViolation<?> violation) {
        for (Path.Node node : violation.getPropertyPath()) {
            if (node.getKind() == ElementKind.RETURN_VALUE) {
                return true;
            }
        }
        return false;
    }

    /** The path without the method and, for a body, without the name of its parameter. */
    private static String field(Path path) {
        StringBuilder text = new StringBuilder();
        Optional<String> parameter = Optional.empty();
        for (Path.Node node : path) {
            switch (node.getKind()) {
                case METHOD, CONSTRUCTOR -> {}
                case PARAMETER -> parameter = Optional.of(node.getName());
                default -> {
                    if (node.isInIterable() && node.getIndex() != null) {
                        text.append('[').append(node.getIndex()).append(']');
                    }
                    if (node.getName() != null && node.getKind() == ElementKind.PROPERTY) {
                        text.append(text.isEmpty() ? "" : ".").append(node.getName());
                    }
                }
            }
        }
        return text.isEmpty() ? parameter.orElse("body") : text.toString();
    }
}
