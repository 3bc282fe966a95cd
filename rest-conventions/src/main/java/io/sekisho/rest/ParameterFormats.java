package io.sekisho.rest;

import io.sekisho.mail.address.DomainName;
import io.sekisho.mail.policy.PolicyRevision;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.ext.ParamConverter;
import jakarta.ws.rs.ext.ParamConverterProvider;
import jakarta.ws.rs.ext.Provider;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.Map;
import java.util.function.Function;

/** Reads values of the model out of paths and queries; a wrong one is 400 naming the parameter, where JAX-RS alone would say 404. */
@Provider
public class ParameterFormats implements ParamConverterProvider {
    private static final Map<Class<?>, Function<String, ?>> FORMATS = Map.of(
            DomainName.class,
            DomainName::parse,
            PolicyRevision.class,
            PolicyRevision::parse,
            Boolean.class,
            ParameterFormats::bool);

    @Override
    public <T> ParamConverter<T> getConverter(Class<T> type, Type genericType, Annotation[] annotations) {
        if (type.isEnum()) {
            return new Format<>(
                    name(annotations),
                    text -> type.cast(AcceptedValues.find(type, text)
                            .orElseThrow(() -> new IllegalArgumentException(
                                    "'" + text + "' is not accepted; use one of " + AcceptedValues.of(type)))));
        }
        Function<String, ?> format = FORMATS.get(type);
        return format == null ? null : new Format<>(name(annotations), text -> type.cast(format.apply(text)));
    }

    /** JAX-RS alone would take every other text for false. */
    private static Boolean bool(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("'" + text + "' is not accepted; use true or false");
        };
    }

    private static String name(Annotation[] annotations) {
        for (Annotation annotation : annotations == null ? new Annotation[0] : annotations) {
            if (annotation instanceof PathParam path) {
                return path.value();
            }
            if (annotation instanceof QueryParam query) {
                return query.value();
            }
        }
        return "parameter";
    }

    private record Format<T>(String name, Function<String, T> parser) implements ParamConverter<T> {
        @Override
        public T fromString(String text) {
            if (text == null) {
                return null;
            }
            try {
                return parser.apply(text);
            } catch (IllegalArgumentException wrong) {
                throw Refusal.badRequest(name, wrong.getMessage());
            }
        }

        @Override
        public String toString(T value) {
            return value.toString();
        }
    }
}
