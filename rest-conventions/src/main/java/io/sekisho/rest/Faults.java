package io.sekisho.rest;

import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with a request, so that its author hears of everything at once. Not for use by several threads. */
public final class Faults {
    private final List<FieldError> errors = new ArrayList<>();

    public void add(String field, String message) {
        errors.add(new FieldError(field, message));
    }

    public void addIf(boolean wrong, String field, String message) {
        if (wrong) {
            add(field, message);
        }
    }

    public List<FieldError> all() {
        return List.copyOf(errors);
    }

    /**
     * Goes on only if nothing is wrong.
     *
     * @throws Refusal 400 naming every field
     */
    public void refuseIfAny() {
        if (!errors.isEmpty()) {
            throw Refusal.badRequest(errors);
        }
    }
}
