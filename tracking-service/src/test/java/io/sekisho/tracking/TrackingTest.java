package io.sekisho.tracking;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.sekisho.localstack.Infrastructure;
import io.sekisho.localstack.LocalStackResource;

/** The one application of this module's tests, on real Kafka, PostgreSQL and Redis. Each test uses domains of its own. */
@QuarkusTestResource(
        value = LocalStackResource.class,
        initArgs = {
            @ResourceArg(name = "pieces", value = "kafka,postgres,redis"),
            @ResourceArg(name = "database", value = "tracking")
        })
public abstract class TrackingTest {

    protected Infrastructure infrastructure;
}
