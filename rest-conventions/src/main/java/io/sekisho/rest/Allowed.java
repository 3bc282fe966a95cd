package io.sekisho.rest;

import io.sekisho.mail.access.Role;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Whose keys may call a resource method, or all methods of a resource class (the method's own annotation wins). An application with a
 * resource method that says nothing does not start.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface Allowed {
    Role[] value();
}
