package io.sekisho.policyservice.change;

import io.sekisho.mail.json.WireJson;
import java.util.List;

/** Lists of values in a column of text, as the JSON of the contract. */
public final class JsonColumn {
    private JsonColumn() {}

    public static String write(List<?> values) {
        return WireJson.string(values);
    }

    public static <T> List<T> read(String json, Class<T> type) {
        @SuppressWarnings("unchecked")
        Class<T[]> arrayType = (Class<T[]>) type.arrayType();
        return List.of(WireJson.read(json, arrayType));
    }
}
