package io.sekisho.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sekisho.mail.access.Role;
import jakarta.ws.rs.container.ResourceInfo;
import java.lang.reflect.Method;
import org.junit.jupiter.api.Test;

class AllowedRolesTest {

    @Test
    void refusesAResourceMethodThatForgotItsRoles() throws Exception {
        ResourceInfo forgetful = resource(Object.class, Object.class.getMethod("toString"));
        assertThatThrownBy(() -> new AllowedRoles().configure(forgetful, null))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("java.lang.Object.toString")
                .hasMessageContaining("@Allowed");
    }

    @Test
    void takesTheMethodsRolesBeforeThoseOfTheClass() throws Exception {
        assertThat(AllowedRoles.of(LedgerResource.class, LedgerResource.class.getMethod("secret")))
                .containsExactly(Role.SERVICE);
        assertThat(AllowedRoles.of(LedgerResource.class, LedgerResource.class.getMethod("broken")))
                .containsExactlyInAnyOrder(Role.ADMIN, Role.DOMAIN_ADMIN);
    }

    private static ResourceInfo resource(Class<?> type, Method method) {
        return new ResourceInfo() {
            @Override
            public Method getResourceMethod() {
                return method;
            }

            @Override
            public Class<?> getResourceClass() {
                return type;
            }
        };
    }
}
