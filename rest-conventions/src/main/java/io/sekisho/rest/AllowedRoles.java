package io.sekisho.rest;

import io.sekisho.mail.access.Role;
import jakarta.ws.rs.container.DynamicFeature;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.FeatureContext;
import jakarta.ws.rs.ext.Provider;
import java.lang.reflect.Method;
import java.util.Set;

/** Reads {@link Allowed}, and refuses to start an application with a resource method that forgot it: nothing is open by oversight. */
@Provider
public class AllowedRoles implements DynamicFeature {

    @Override
    public void configure(ResourceInfo resource, FeatureContext context) {
        if (of(resource.getResourceClass(), resource.getResourceMethod()).isEmpty()) {
            throw new IllegalStateException(resource.getResourceClass().getName() + "."
                    + resource.getResourceMethod().getName()
                    + " does not say whose keys may call it; annotate it with @Allowed");
        }
    }

    static Set<Role> of(Class<?> resource, Method method) {
        Allowed allowed = method.getAnnotation(Allowed.class);
        Allowed effective = allowed != null ? allowed : resource.getAnnotation(Allowed.class);
        return effective == null ? Set.of() : Set.of(effective.value());
    }
}
