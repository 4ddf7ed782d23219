package org.actsandbox.sandbox.control;

import static org.actsandbox.sandbox.SandboxServer.bearer;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.actsandbox.protocol.identity.Ed25519KeyPair;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.SandboxServer;
import org.actsandbox.sandbox.SandboxServer.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests requests for worlds with several principals. */
class PrincipalRequestTests {

  private final SandboxServer server = SandboxServer.shared();

  @Test
  void eachPrincipalGetsAKeyAnIdentityAndAWallet() {
    var view =
        createWorld(
                """
                {"principals": [
                  {"name": "lin", "language": "zh", "home_city": "Shanghai", "balance": "120.00"},
                  {"name": "ada", "card_limit": "5.00", "ask_every_payment": true}]}
                """)
            .json();
    var base = "/w/" + view.path("world").asString();
    var keys = view.path("keys").path("principals");
    assertThat(keys.propertyNames()).containsExactly("ada", "lin");
    assertThat(view.path("principals").path(0).path("principal_id").asString())
        .isEqualTo("did:act:lin");
    assertThat(view.path("principals").path(0).path("home_city").asString()).isEqualTo("Shanghai");
    assertThat(view.path("principals").path(1).path("name").asString()).isEqualTo("ada");

    var lin = bearer(keys.path("lin").asString());
    var ada = bearer(keys.path("ada").asString());
    assertThat(server.get(base + "/psp/wallet", lin).json().path("accounts").path(0).toString())
        .contains("\"balance\"", "120.00");
    assertThat(server.get(base + "/psp/wallet", ada).text()).contains("20000.00", "5.00");
    assertThat(server.get(base + "/psp/preferences", ada).text()).contains("true");
    assertThat(server.get(base + "/dids/lin").status()).isEqualTo(200);
    assertThat(server.get(base + "/psp/instruments", lin).text())
        .contains("did:act:lin")
        .doesNotContain("did:act:ada");
  }

  @Test
  void aResetRestoresEachPrincipalsMoney() {
    var view =
        createWorld("{\"principals\": [{\"name\": \"lin\", \"balance\": \"120.00\"}]}").json();
    var world = server.world(view.path("world").asString());
    var operator = bearer(server.operator(world));
    var again = server.post("/api/worlds/" + world.name() + "/reset", "{}", operator);
    assertThat(again.status()).isEqualTo(200);
    var lin = bearer(view.path("keys").path("principals").path("lin").asString());
    assertThat(server.get("/w/" + world.name() + "/psp/wallet", lin).text()).contains("120.00");
  }

  /** Checks that a world with one principal looks as in earlier versions. */
  @Test
  void aWorldWithOnePrincipalIsShownAsBefore() {
    var view = createWorld("{}").json();
    assertThat(view.has("principals")).isFalse();
    assertThat(view.path("keys").has("principals")).isFalse();
    assertThat(view.path("principal").has("name")).isFalse();
    var key = view.path("keys").path("principal").asString();
    var world = view.path("world").asString();
    assertThat(key).matches("act_principal_" + world + "_[0-9a-f]{40}");
    assertThat(server.get("/w/" + world + "/psp/instruments", bearer(key)).text())
        .doesNotContain("principal_id");
  }

  @Test
  void aKeyWorksForItsPrincipalAndWorldOnly() {
    var one = createWorld("{\"principals\": [{\"name\": \"lin\"}]}").json();
    var other = createWorld("{\"principals\": [{\"name\": \"lin\"}]}").json();
    var key = one.path("keys").path("principals").path("lin").asString();
    var wallet = "/w/" + one.path("world").asString() + "/psp/wallet";
    assertThat(server.get(wallet, bearer(key.replace(".lin_", ".ada_"))).status()).isEqualTo(401);
    assertThat(server.get(wallet, bearer(key.replace(".lin_", "_"))).status()).isEqualTo(401);
    var elsewhere = "/w/" + other.path("world").asString() + "/psp/wallet";
    assertThat(server.get(elsewhere, bearer(key)).status()).isEqualTo(403);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          [{}]                                            | principals[0].name
          [null]                                          | principals[0]
          [{"name": "Lin"}]                               | principals[0].name
          [{"name": "-lin"}]                              | principals[0].name
          [{"name": "a-name-of-twenty-five-le"},{"name": "a-name-of-twenty-five-let"}] | principals[1].name
          [{"name": "lin"}, {"name": "lin"}]              | principals[1].name
          [{"name": "principal"}]                         | principals[0].name
          [{"name": "demo-agent"}]                        | principals[0].name
          [{"name": "personal-agent"}]                    | principals[0].name
          [{"name": "sandbox-pay"}]                       | principals[0].name
          [{"name": "raileast"}]                          | principals[0].name
          [{"name": "lin", "language": "fr"}]                 | principals[0].language
          [{"name": "lin", "balance": "1E9999"}]          | principals[0].balance
          [{"name": "lin"}, {"name": "a", "card_limit": "-1.00"}] | principals[1].card_limit
          """)
  void refusalsNameTheField(String principals, String field) {
    refused("{\"principals\": %s}".formatted(principals), field);
  }

  @Test
  void thereIsALimit() {
    var nine =
        IntStream.rangeClosed(1, 9)
            .mapToObj("{\"name\": \"p%d\"}"::formatted)
            .collect(Collectors.joining(",", "[", "]"));
    refused("{\"principals\": %s}".formatted(nine), "principals");
  }

  /**
   * Checks that a dedicated agent, which has the identity of one principal's agent, serves no other
   * principal.
   */
  @Test
  void aDedicatedAgentServesOne() {
    var answer =
        refused("{\"agent\": \"dedicated\", \"principals\": [{\"name\": \"lin\"}]}", "principals");
    assertThat(answer.text()).contains("dedicated agent");
    assertThat(createWorld("{\"agent\": \"dedicated\", \"principals\": []}").status())
        .isEqualTo(201);
  }

  @Test
  void noAgentFromOutsideTakesAPrincipalsName() {
    var view = createWorld("{\"principals\": [{\"name\": \"lin\"}]}").json();
    var world = server.world(view.path("world").asString());
    var wish = Json.object().put("name", "lin");
    wish.set(
        "jwk", Json.parse(new Ed25519KeyPair("did:act:lin#key-1", new byte[32]).publicKey().jwk()));
    var answer =
        server.post(
            "/api/worlds/" + world.name() + "/agents",
            Json.write(wish),
            bearer(world.roleKey(Role.OPERATOR, null)));
    assertThat(answer.status()).isEqualTo(409);
  }

  private Answer refused(String order, String field) {
    var answer = createWorld(order);
    assertThat(answer.status()).as(answer.text()).isEqualTo(400);
    assertThat(answer.json().path("code").asString()).isEqualTo("invalid_field");
    assertThat(answer.json().path("field").asString()).isEqualTo(field);
    return answer;
  }

  private Answer createWorld(String body) {
    return server.post("/api/worlds", body);
  }
}
