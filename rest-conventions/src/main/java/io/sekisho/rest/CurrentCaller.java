package io.sekisho.rest;

import jakarta.enterprise.context.RequestScoped;

/** The {@link Caller} of the request that is being served; take it once, at the beginning of a resource method. */
@RequestScoped
public class CurrentCaller {
    private Caller caller;

    void set(Caller authenticated) {
        caller = authenticated;
    }

    /** Never null inside a resource method: {@link BearerAccess} lets nobody in unknown. */
    public Caller get() {
        if (caller == null) {
            throw new IllegalStateException("no caller: this runs outside of an authenticated request");
        }
        return caller;
    }
}
