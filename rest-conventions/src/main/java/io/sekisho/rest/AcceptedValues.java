package io.sekisho.rest;

import com.fasterxml.jackson.annotation.JsonValue;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** The spellings of an enum in the interface, for the message about a wrong one and for query parameters. */
final class AcceptedValues {
    private AcceptedValues() {}

    /** All of them, comma-separated. */
    static String of(Class<?> type) {
        return Arrays.stream(type.getEnumConstants()).map(AcceptedValues::label).collect(Collectors.joining(", "));
    }

    static Optional<Object> find(Class<?> type, String text) {
        return Arrays.stream(type.getEnumConstants())
                .map(Object.class::cast)
                .filter(constant -> label(constant).equals(text))
                .findFirst();
    }

    private static String label(Object constant) {
        Class<?> type = ((Enum<?>) constant).getDeclaringClass();
        return Arrays.stream(type.getMethods())
                .filter(method -> method.isAnnotationPresent(JsonValue.class))
                .findFirst()
                .map(method -> invoke(method, constant))
                .orElse(((Enum<?>) constant).name());
    }

    private static String invoke(Method label, Object constant) {
        try {
            return String.valueOf(label.invoke(constant));
        } catch (ReflectiveOperationException impossible) {
            throw new LinkageError("a @JsonValue method is public and takes nothing", impossible);
        }
    }
}
