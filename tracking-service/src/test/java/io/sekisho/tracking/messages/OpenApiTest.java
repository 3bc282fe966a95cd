package io.sekisho.tracking.messages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
class OpenApiTest extends RestTest {

    @Test
    void describesEveryParameterThatIsTaken() {
        JsonPath document =
                RestAssured.given().accept("application/json").get("/q/openapi").jsonPath();
        List<String> names = document.getList("paths.'/api/v1/messages'.get.parameters.name");
        assertThat(names).containsExactlyInAnyOrderElementsOf(MessagesResource.LIST.names());
        assertThat(document.getList("paths.'/api/v1/messages'.get.parameters.description", String.class))
                .allSatisfy(description -> assertThat(description).isNotBlank());
    }

    @Test
    void describesTheAnswers() {
        JsonPath document =
                RestAssured.given().accept("application/json").get("/q/openapi").jsonPath();
        assertThat(document.getString("info.title")).isEqualTo("Sekisho tracking service");
        assertThat(document.getMap("components.schemas").keySet().toString())
                .contains("MessageRow", "MessageDetails", "Action", "Problem");
        assertThat(document.getString(
                        "paths.'/api/v1/messages'.get.responses.'200'.content.'application/json'.schema.'$ref'"))
                .isEqualTo("#/components/schemas/PageMessageRow");
        assertThat(document.getList("components.schemas.BlockReason.enum")).contains("TLS_NOT_AVAILABLE");
    }

    @Test
    void servesSwaggerUiMetricsAndHealthWithoutAKey() {
        RestAssured.get("/q/swagger-ui/").then().statusCode(200);
        RestAssured.get("/q/metrics")
                .then()
                .statusCode(200)
                .body(containsString("sekisho_tracking_events_received_total"))
                .body(containsString("sekisho_tracking_events_dead_lettered_total{reason=\"absurd-date\"}"));
        RestAssured.get("/q/health/live").then().statusCode(200);
        RestAssured.get("/q/health/started").then().statusCode(200);
    }
}
