// L3: the agent chooses within bounds, waits for its price, and pays from money that was set aside.
//   java -cp 'lib/*' L3.java [http://localhost:8080]
import java.math.BigDecimal;
import java.net.URI;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.Map;
import java.util.UUID;
import org.actsandbox.client.ActAgent;
import org.actsandbox.client.AgentPrincipal;
import org.actsandbox.client.JdkOutboundClient;
import org.actsandbox.client.SandboxClient;
import org.actsandbox.protocol.json.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Buys a charger from a sub-account when it has become cheaper. */
public final class L3 {

  private L3() {}

  public static void main(String[] args) {
    System.out.println("got      " + buy(URI.create(args.length > 0 ? args[0] : "http://localhost:8080")));
  }

  public static JsonNode buy(URI server) {
    var client = new SandboxClient(new JdkOutboundClient());
    var name = "java-l3-" + UUID.randomUUID().toString().substring(0, 8);
    var world = client.newWorld(server, null, Map.of("name", name));
    var principal = new AgentPrincipal(client, world);
    var agent = ActAgent.register(client, world, name);

    var now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    var isr =
        (ObjectNode)
            Json.parse(
                """
                {"conversation_history": {"user_intent_raw": "Buy chargers when they are cheap, 100 yuan in all"},
                 "currency": "CNY", "delegation_mode": "BOUNDED", "allowed_payment_methods": ["sub_account"],
                 "max_total_amount": 100,
                 "ext": {"commerce": {"allowed_categories": ["shop"], "max_single_amount": 60}}}
                """);
    var intentId = "I-" + name;
    isr.put("intent_id", intentId);
    isr.put("validity_start_time", now.minusSeconds(60).toString());
    isr.put("validity_end_time", now.plus(1, ChronoUnit.DAYS).toString());
    for (var line : agent.askAuthority(isr).path("summary")) {
      System.out.println("signs    " + line.at("/text/en").asString());
    }
    var delegationId = principal.giveAuthority(intentId);
    var authority = agent.authority(delegationId);
    var purse = principal.openSubAccount(agent.agentId(), "100.00");
    agent.bindSubAccount(purse);

    var offer = cheapest(agent, intentId);
    var limit = price(offer).multiply(new BigDecimal("0.9"));
    for (int looks = 0; price(offer).compareTo(limit) > 0; looks++) {
      if (looks == 3) {
        throw new IllegalStateException("the price does not fall");
      }
      System.out.println("waits    " + price(offer) + " is above " + limit);
      // The operator plays the shop that lowers its price; a real agent would look again later.
      client.post(
          world.api("/merchants/luma-mart/disturbances"),
          world.keys().operator(),
          Map.of("type", "price_moved", "item", offer.path("item_id").asString(), "percent", -20));
      offer = cheapest(agent, intentId);
    }

    var order = agent.confirmCart("luma-mart", offer, delegationId);
    var delivery = agent.payUnder(authority, order, purse);
    System.out.println("left     " + agent.sums(delegationId).path("left").asString());
    agent.giveBack(delegationId);
    System.out.println("returned " + delegationId);
    return delivery;
  }

  private static JsonNode cheapest(ActAgent agent, String intentId) {
    var need = Json.parse("{\"kind\":\"shop\",\"terms\":\"charger\",\"features\":[],\"quantity\":1}");
    return agent.offers("luma-mart", need, 3, intentId).stream().min(Comparator.comparing(L3::price)).orElseThrow();
  }

  private static BigDecimal price(JsonNode offer) {
    return new BigDecimal(offer.path("total").asString());
  }
}
