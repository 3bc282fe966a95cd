package io.sekisho.rest;

/**
 * One fault of a request.
 *
 * @param field path of the field or name of the parameter: {@code outbound.relaySources[1]}
 * @param message what is wrong and what to do
 */
public record FieldError(String field, String message) {}
