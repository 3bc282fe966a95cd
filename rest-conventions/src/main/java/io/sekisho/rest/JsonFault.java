package io.sekisho.rest;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/** Says in an administrator's words what Jackson found wrong with a request body: which field, and what it takes. */
public final class JsonFault {
    private static final String BODY = "body";

    private JsonFault() {}

    static Problem problem(JsonProcessingException fault) {
        return Problem.badRequest(List.of(error(fault)));
    }

    /** Which field is wrong, and how; {@code body} where it is the text as a whole. */
    public static FieldError error(JsonProcessingException fault) {
        return fault instanceof JsonMappingException mapping
                ? new FieldError(path(mapping.getPath()), message(mapping))
                : new FieldError(BODY, "this is not JSON" + position(fault) + ": " + fault.getOriginalMessage());
    }

    private static String message(JsonMappingException fault) {
        return switch (fault) {
            case UnrecognizedPropertyException unknown -> "there is no such field; " + known(unknown);
            case InvalidFormatException format ->
                "'" + format.getValue() + "' is not accepted; use " + accepted(format.getTargetType());
            case ValueInstantiationException refused -> reason(refused);
            case MismatchedInputException mismatch -> "must be " + accepted(mismatch.getTargetType());
            default -> reason(fault);
        };
    }

    private static String known(UnrecognizedPropertyException fault) {
        Collection<Object> fields = fault.getKnownPropertyIds();
        return fields == null || fields.isEmpty()
                ? "this object has no fields"
                : "known are " + fields.stream().map(Object::toString).sorted().collect(Collectors.joining(", "));
    }

    /** The message of the value type's own factory, which was written for people. */
    private static String reason(JsonMappingException fault) {
        Throwable cause = fault.getCause();
        return cause instanceof IllegalArgumentException && cause.getMessage() != null
                ? cause.getMessage()
                : "a value is missing, null or of the wrong form" + position(fault);
    }

    private static String accepted(Class<?> type) {
        if (type == null) {
            return "another value";
        }
        if (type.isEnum()) {
            return "one of " + AcceptedValues.of(type);
        }
        if (type == Duration.class) {
            return "an ISO-8601 duration such as PT30M";
        }
        if (type == UUID.class) {
            return "a UUID";
        }
        if (type == Boolean.class || type == boolean.class) {
            return "true or false";
        }
        if (Number.class.isAssignableFrom(type) || type.isPrimitive()) {
            return "a number";
        }
        if (Collection.class.isAssignableFrom(type)) {
            return "an array";
        }
        return type == String.class ? "a string" : type.isRecord() ? "an object or string of its form" : "another form";
    }

    private static String path(List<JsonMappingException.Reference> path) {
        StringBuilder text = new StringBuilder();
        for (JsonMappingException.Reference step : path) {
            if (step.getFieldName() == null) {
                text.append('[').append(step.getIndex()).append(']');
            } else {
                text.append(text.isEmpty() ? "" : ".").append(step.getFieldName());
            }
        }
        return text.isEmpty() ? BODY : text.toString();
    }

    private static String position(JsonProcessingException fault) {
        JsonLocation at = fault.getLocation();
        return at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
    }
}
