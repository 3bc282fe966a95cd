package io.sekisho.rest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.deser.std.StringDeserializer;
import java.io.IOException;
import java.util.Optional;

/** Reads the strings of a request, and refuses those that could not be stored: JSON can spell them as escapes. */
final class StorableStrings extends StdScalarDeserializer<String> {
    private static final long serialVersionUID = 1L;

    StorableStrings() {
        super(String.class);
    }

    @Override
    public String deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        String text = StringDeserializer.instance.deserialize(parser, context);
        Optional<String> fault = text == null ? Optional.empty() : StorableText.fault(text);
        if (fault.isPresent()) {
            throw JsonMappingException.from(parser, fault.get(), new IllegalArgumentException(fault.get()));
        }
        return text;
    }
}
