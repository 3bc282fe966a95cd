package io.sekisho.tracking.store;

/** The store that others must agree with keeps the contract itself. */
class MapTrackingStoreTest extends TrackingStoreContract {
    private final MapTrackingStore store = new MapTrackingStore();

    @Override
    TrackingStore store() {
        return store;
    }
}
