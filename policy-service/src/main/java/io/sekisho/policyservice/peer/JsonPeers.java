package io.sekisho.policyservice.peer;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sekisho.rest.Faults;
import io.sekisho.rest.FieldError;
import io.sekisho.rest.JsonFault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/** Peers in JSON: {@code {"items": […]}} as the export and the list have it, or the array alone. */
final class JsonPeers {
    private static final String ITEMS = "items";
    /** Twice as many as a domain may have peers. */
    private static final int MOST_ITEMS = 20_000;

    private JsonPeers() {}

    /**
     * A file of peers.
     *
     * @param items in the form of the interface, without id
     */
    record File(List<PeerBody> items) {}

    static ImportedPeers read(String text, ObjectMapper mapper) {
        ImportedPeers.Builder read = new ImportedPeers.Builder();
        try (JsonParser parser = mapper.createParser(text)) {
            readFile(parser, mapper, read);
        } catch (TooMany tooMany) {
            read.fault(new FieldError(ITEMS, tooMany.getMessage()).at(tooMany.line));
        } catch (JsonProcessingException broken) {
            int line = broken.getLocation() == null
                    ? 1
                    : Math.max(1, broken.getLocation().getLineNr());
            read.fault(JsonFault.error(broken).at(line));
        } catch (IOException impossible) {
            throw new UncheckedIOException("the text is in memory", impossible);
        }
        return read.build();
    }

    private static void readFile(JsonParser parser, ObjectMapper mapper, ImportedPeers.Builder read)
            throws IOException {
        JsonToken first = parser.nextToken();
        if (first == JsonToken.START_ARRAY) {
            readItems(parser, mapper, read);
        } else if (first == JsonToken.START_OBJECT) {
            boolean found = false;
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                if (name.equals(ITEMS) && value == JsonToken.START_ARRAY) {
                    found = true;
                    readItems(parser, mapper, read);
                } else if (name.equals("nextCursor") && value == JsonToken.VALUE_STRING) {
                    // The first page of a list is not all of it.
                    read.fault(fault(
                            parser, "nextCursor", "this is a page of a list, and more pages follow; use the export"));
                } else if (!name.equals("nextCursor") || value != JsonToken.VALUE_NULL) {
                    read.fault(fault(parser, name, "must be an array of peers named items, and nothing else"));
                    parser.skipChildren();
                }
            }
            if (!found) {
                read.fault(new FieldError(ITEMS, "is required: an array of peers").at(1));
            }
        } else {
            read.fault(new FieldError("body", "must be an object with items, or an array of peers").at(1));
            return;
        }
        if (parser.nextToken() != null) {
            read.fault(fault(parser, "body", "something follows the end of the JSON"));
        }
    }

    private static void readItems(JsonParser parser, ObjectMapper mapper, ImportedPeers.Builder read)
            throws IOException {
        for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
            int line = parser.currentTokenLocation().getLineNr();
            if (i == MOST_ITEMS) {
                throw new TooMany(line);
            }
            // What follows the item is for the next round.
            JsonNode item = mapper.reader()
                    .without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .readTree(parser);
            readItem(line, ITEMS + "[" + i + "].", item, mapper, read);
        }
    }

    private static void readItem(
            int line, String prefix, JsonNode item, ObjectMapper mapper, ImportedPeers.Builder read) {
        try {
            if (item instanceof ObjectNode object) {
                // Peers are found by direction and peer; the list shows an id too.
                object.remove("id");
            }
            PeerBody body = mapper.treeToValue(item, PeerBody.class);
            if (body == null) {
                read.fault(new FieldError(prefix.substring(0, prefix.length() - 1), "must be an object").at(line));
                return;
            }
            Faults faults = new Faults();
            PeerSettings settings = PeerRules.read(faults, Optional.empty(), body);
            if (faults.all().isEmpty()) {
                read.add(line, settings, List.of());
            }
            faults.all().forEach(fault -> read.fault(below(prefix, fault).at(line)));
        } catch (JsonProcessingException wrong) {
            read.fault(below(prefix, JsonFault.error(wrong)).at(line));
        }
    }

    private static FieldError below(String prefix, FieldError fault) {
        return new FieldError(prefix + fault.field(), fault.message());
    }

    private static FieldError fault(JsonParser parser, String field, String message) {
        return new FieldError(field, message).at(parser.currentTokenLocation().getLineNr());
    }

    private static final class TooMany extends IOException {
        private static final long serialVersionUID = 1L;

        private final int line;

        private TooMany(int line) {
            super("may have " + MOST_ITEMS + " entries; what follows was not read");
            this.line = line;
        }
    }
}
