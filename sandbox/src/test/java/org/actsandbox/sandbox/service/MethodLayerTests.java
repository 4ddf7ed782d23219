package org.actsandbox.sandbox.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.actsandbox.protocol.a402.A402Headers;
import org.actsandbox.protocol.a402.RequestFingerprint;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.json.CanonicalJson;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.SandboxServer;
import org.actsandbox.sandbox.world.World;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Tests the method layer of all three A402 headers against the schema that the payment service
 * serves.
 */
class MethodLayerTests {

  private static final SandboxServer server = SandboxServer.shared();
  private static final String COFFEE = "{\"symbol\": \"coffee\", \"days\": 30}";

  private World world;
  private ServiceBuyer buyer;

  @BeforeEach
  void newWorld() {
    world = server.newWorld(Instant.parse("2026-03-02T01:00:00Z"));
    buyer = new ServiceBuyer(server, world).authorized(20);
  }

  @Test
  void allThreeFitAndTheSellersSignatureCoversTheBillsOne() {
    var body = buyer.request("R-1", COFFEE);
    var needed = header(buyer.ask("tickwell", "quotes", body), A402Headers.PAYMENT_NEEDED);
    var paid = buyer.pay(needed.path("protocol")).json();
    var proof = paid.path("proof");
    var good = buyer.ask("tickwell", "quotes", body, proof);
    var bent = proof.deepCopy();
    ((ObjectNode) bent.path("protocol")).put("trade_no", "T-other");
    var bad = buyer.ask("tickwell", "quotes", body, bent);

    assertThat(good.status()).as(good.text()).isEqualTo(200);
    assertThat(bad.status()).as(bad.text()).isEqualTo(402);
    assertFits(needed);
    assertFits(proof);
    assertFits(header(good, A402Headers.PAYMENT_VALIDATION));
    assertFits(header(bad, A402Headers.PAYMENT_VALIDATION));
    assertThat(header(bad, A402Headers.PAYMENT_NEEDED)).isEqualTo(needed);

    var layer = needed.path("method");
    assertThat(SignedJson.verify(layer, world.directory()).name()).isEqualTo("tickwell");
    assertThat(layer.path("bill_digest").asString())
        .isEqualTo(RequestFingerprint.digest(CanonicalJson.bytes(needed.path("protocol"))));
  }

  /**
   * Checks the schema with wrong layers, because a schema that accepts everything proves nothing.
   */
  @Test
  void theSchemaRefusesALayerWithoutANameOrWithHalfASignature() {
    var layer = Json.object().put("sandbox", true);
    assertThat(errors(layer)).isNotEmpty();
    layer.put("psp_id", "did:act:sandbox-pay");
    assertThat(errors(layer)).isEmpty();
    layer.put("endpoint", "http://localhost/psp/payments");
    assertThat(errors(layer)).isNotEmpty();
  }

  private void assertFits(JsonNode header) {
    assertThat(errors(header.path("method"))).as(header.toString()).isEmpty();
  }

  private List<?> errors(JsonNode layer) {
    var address = world.at("/psp/methods/act-sandbox-instant/1.0.0.schema.json");
    var schema = server.get(URI.create(address.toString()).getPath()).text();
    return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
        .getSchema(schema, InputFormat.JSON)
        .validate(layer.toString(), InputFormat.JSON);
  }

  private static JsonNode header(SandboxServer.Answer answer, String name) {
    return A402Headers.decode(name, answer.header(name));
  }
}
