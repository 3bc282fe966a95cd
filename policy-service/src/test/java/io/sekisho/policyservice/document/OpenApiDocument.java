package io.sekisho.policyservice.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.restassured.RestAssured;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The document that the running service serves, and what it promises of each call. */
final class OpenApiDocument {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> METHODS = List.of("get", "put", "post", "delete", "patch", "head", "options");

    private final JsonNode document;

    private OpenApiDocument(JsonNode document) {
        this.document = document;
    }

    /** A call that the document describes. */
    record Operation(String method, String path, JsonNode description) {
        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    /** A body of a request that the document gives as an example. */
    record Example(String mediaType, String body) {}

    static OpenApiDocument read() {
        try {
            return new OpenApiDocument(JSON.readTree(RestAssured.get("/q/openapi?format=json")
                    .then()
                    .statusCode(200)
                    .extract()
                    .asString()));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    List<Operation> operations() {
        List<Operation> operations = new ArrayList<>();
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().stream()
                        .filter(method -> METHODS.contains(method.getKey()))
                        .forEach(method ->
                                operations.add(new Operation(method.getKey(), path.getKey(), method.getValue()))));
        return operations;
    }

    boolean takesBody(Operation operation) {
        return operation.description().has("requestBody");
    }

    /** Those of the content, else those of its schema. */
    List<Example> examples(Operation operation) {
        List<Example> examples = new ArrayList<>();
        for (Map.Entry<String, JsonNode> content :
                operation.description().path("requestBody").path("content").properties()) {
            content.getValue()
                    .path("examples")
                    .forEach(example -> examples.add(new Example(content.getKey(), text(example.path("value")))));
            resolve(content.getValue().path("schema"))
                    .path("examples")
                    .forEach(example -> examples.add(new Example(content.getKey(), text(example))));
        }
        return examples;
    }

    private static String text(JsonNode value) {
        return value.isTextual() ? value.asText() : value.toString();
    }

    private JsonNode resolve(JsonNode schema) {
        String reference = schema.path("$ref").asText("");
        return reference.isEmpty() ? schema : document.at(reference.substring(1));
    }

    /** What an answer has that its schema does not promise; empty where the call promises no JSON of that status. */
    List<String> faults(Operation operation, int status, String body) {
        JsonNode schema = operation
                .description()
                .path("responses")
                .path(Integer.toString(status))
                .path("content")
                .path("application/json")
                .path("schema");
        if (schema.isMissingNode()) {
            return List.of("the document describes no JSON of status " + status);
        }
        ObjectNode whole = JSON.createObjectNode();
        whole.setAll((ObjectNode) schema);
        whole.set("components", closed(document.path("components").deepCopy()));
        JsonSchema validator =
                JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(whole);
        try {
            return validator.validate(JSON.readTree(body)).stream()
                    .map(Object::toString)
                    .toList();
        } catch (IOException noJson) {
            return List.of("the answer is no JSON");
        }
    }

    /** With every object closed, so that a field that the document forgets is a fault. */
    private static JsonNode closed(JsonNode components) {
        Iterator<JsonNode> schemas = components.path("schemas").elements();
        while (schemas.hasNext()) {
            JsonNode schema = schemas.next();
            if (schema instanceof ObjectNode object && object.has("properties")) {
                object.put("additionalProperties", false);
            }
        }
        return components;
    }

    Optional<String> summary(Operation operation) {
        return Optional.of(operation.description().path("summary").asText("")).filter(text -> !text.isBlank());
    }
}
