// L1: the principal approves each payment.   java -cp 'lib/*' L1.java [http://localhost:8080]
// It needs a JDK 25. lib has act-agent and what it needs; ./run install-kit --lib lib writes it.
import java.math.BigDecimal;
import java.net.URI;
import java.util.Comparator;
import java.util.Map;
import java.util.UUID;
import org.actsandbox.client.ActAgent;
import org.actsandbox.client.AgentPrincipal;
import org.actsandbox.client.JdkOutboundClient;
import org.actsandbox.client.SandboxClient;
import org.actsandbox.protocol.json.Json;
import tools.jackson.databind.JsonNode;

/** Buys a charger in a world of its own. */
public final class L1 {

  private L1() {}

  public static void main(String[] args) {
    System.out.println("got      " + buy(URI.create(args.length > 0 ? args[0] : "http://localhost:8080")));
  }

  public static JsonNode buy(URI server) {
    var client = new SandboxClient(new JdkOutboundClient());
    var name = "java-l1-" + UUID.randomUUID().toString().substring(0, 8);
    var world = client.newWorld(server, null, Map.of("name", name));
    var principal = new AgentPrincipal(client, world);
    var registered = ActAgent.register(client, world, name);
    var agent = registered.payingWith(principal.bind(registered.agentId(), "balance"));

    var need = Json.parse("{\"kind\":\"shop\",\"terms\":\"charger\",\"features\":[],\"quantity\":1}");
    var offer =
        agent.offers("luma-mart", need, 3).stream()
            .min(Comparator.comparing(each -> new BigDecimal(each.path("total").asString())))
            .orElseThrow();
    System.out.println("offer    " + offer.at("/title/en").asString() + " " + offer.path("total").asString());
    var order = agent.confirmCart("luma-mart", offer);
    System.out.println("order    " + order.path("order_no").asString());

    return agent.pay(
        order,
        payment -> {
          // A person opens this address and enters the PIN; here their key stands in for them.
          System.out.println("approve  " + payment.path("cashier_url").asString());
          principal.approvePayment(payment.path("trade_no").asString());
        });
  }
}
