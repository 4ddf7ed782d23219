package org.actsandbox.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import javax.tools.ToolProvider;
import org.actsandbox.client.ActAgent;
import org.actsandbox.client.AgentPrincipal;
import org.actsandbox.client.CheckFailedException;
import org.actsandbox.client.JdkOutboundClient;
import org.actsandbox.client.SandboxClient;
import org.actsandbox.client.UnexpectedReply;
import org.actsandbox.protocol.http.NoAnswerException;
import org.actsandbox.protocol.http.OutboundClient;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.scenarios.engine.TargetServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Tests the Java client for agents, and runs its examples. */
@ExtendWith(SandboxExtension.class)
class ActAgentScenarioTests {

  private static final Path EXAMPLES = Path.of("..", "clients", "java");
  private static final JsonNode CHARGER =
      Json.parse("{\"kind\":\"shop\",\"terms\":\"charger\",\"features\":[],\"quantity\":1}");

  private final SandboxClient client = new SandboxClient(new JdkOutboundClient());

  @ParameterizedTest
  @ValueSource(strings = {"L1", "L2", "L3", "Callback"})
  void theExampleBuysAtItsLevel(String level, TargetServer server, @TempDir Path folder)
      throws ReflectiveOperationException, IOException {
    int exit =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-proc:none",
                "-cp",
                System.getProperty("java.class.path"),
                "-d",
                folder.toString(),
                EXAMPLES.resolve(level + ".java").toString());
    assertThat(exit).isZero();
    try (var loader = new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
      var delivery =
          (JsonNode)
              loader.loadClass(level).getMethod("buy", URI.class).invoke(null, server.origin());
      assertThat(delivery.path("kind").asString()).isEqualTo("shop");
      assertThat(delivery.path("parcel_no").asString()).isNotEmpty();
    } catch (InvocationTargetException failed) {
      throw new AssertionError(failed.getCause());
    }
  }

  @Test
  void aBillThatIsNotTheOrdersIsNotPaid(TargetServer server) {
    var agent = agent(server);
    var order = agent.confirmCart("luma-mart", agent.offers("luma-mart", CHARGER, 1).getFirst());

    for (var field : new String[] {"total", "order_no", "resource_id", "merchant_did"}) {
      var changed = ((ObjectNode) order).deepCopy().put(field, "did:act:1");
      assertThatExceptionOfType(CheckFailedException.class)
          .as(field)
          .isThrownBy(() -> agent.bill(changed));
    }
    assertThat(agent.bill(order).at("/protocol/out_trade_no")).isEqualTo(order.path("order_no"));
  }

  @Test
  void aPaymentThatIsAskedForAgainIsTheSame(TargetServer server) {
    var agent = agent(server);
    var order = agent.confirmCart("luma-mart", agent.offers("luma-mart", CHARGER, 1).getFirst());
    var bill = agent.bill(order);

    var first = agent.requestPayment(order, bill, null);

    assertThat(agent.requestPayment(order, bill, null).path("trade_no"))
        .isEqualTo(first.path("trade_no"));
  }

  @Test
  void theCallbackOfAnAuthorityIsPartOfWhatTheAgentSigned(TargetServer server) {
    var isr = Json.object().put("delegation_mode", "SPECIFIED");
    var refused = URI.create("http://example.com/told");

    assertThatExceptionOfType(UnexpectedReply.class)
        .isThrownBy(() -> agent(server).askAuthority(isr, refused))
        .satisfies(reply -> assertThat(reply.finer("field")).isEqualTo("callback_url"));
  }

  @Test
  void aRefusalHasItsCode(TargetServer server) {
    assertThatExceptionOfType(UnexpectedReply.class)
        .isThrownBy(() -> agent(server).authority("D-none"))
        .satisfies(refused -> assertThat(refused.code()).isEqualTo("not_found"));
  }

  @Test
  void aServerThatIsNotThereIsNoAnswer() {
    var call =
        OutboundClient.Call.get(URI.create("http://127.0.0.1:1/"), Map.of(), Duration.ofSeconds(5));

    assertThatExceptionOfType(NoAnswerException.class)
        .isThrownBy(() -> new JdkOutboundClient().send(call));
  }

  private ActAgent agent(TargetServer server) {
    var world = client.newWorld(server.origin(), server.adminKey(), Map.of());
    var agent = ActAgent.register(client, world, "java-agent");
    return agent.payingWith(new AgentPrincipal(client, world).bind(agent.agentId(), "balance"));
  }
}
