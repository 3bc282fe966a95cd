package io.sekisho.tracking.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code docs/asyncapi.yaml}, whose schemas are JSON Schema draft 07 (AsyncAPI 3.0, "Schema Object"). */
final class EventsDocument {
    private static final Path FILE = Path.of("..", "docs", "asyncapi.yaml");

    private final JsonNode document;

    private EventsDocument(JsonNode document) {
        this.document = document;
    }

    static EventsDocument read() {
        try {
            return new EventsDocument(new YAMLMapper().readTree(FILE.toFile()));
        } catch (IOException e) {
            throw new AssertionError(FILE.toAbsolutePath().normalize() + " cannot be read", e);
        }
    }

    JsonNode at(String pointer) {
        JsonNode found = document.at(pointer);
        if (found.isMissingNode()) {
            throw new AssertionError(FILE + " has nothing at " + pointer);
        }
        return found;
    }

    JsonNode schema(String name) {
        return at("/components/schemas/" + name);
    }

    /** The text values of an enumeration. */
    List<String> values(String pointer) {
        List<String> values = new ArrayList<>();
        at(pointer).forEach(value -> values.add(value.asText()));
        return values;
    }

    /** What is wrong with a value; a field that is not described is wrong too, although readers ignore such. */
    List<String> faults(String schemaName, JsonNode value) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("$ref", "#/components/schemas/" + schemaName);
        root.putObject("components")
                .set("schemas", document.at("/components/schemas").deepCopy());
        for (JsonNode schema : root.at("/components/schemas")) {
            if (schema.has("properties")) {
                ((ObjectNode) schema).put("additionalProperties", false);
            }
        }
        SchemaValidatorsConfig config =
                SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();
        JsonSchema schema =
                JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7).getSchema(root, config);
        return schema.validate(value).stream()
                .map(ValidationMessage::getMessage)
                .toList();
    }
}
