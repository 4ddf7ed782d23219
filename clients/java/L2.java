// L2: one purchase that the principal fixed in advance.   java -cp 'lib/*' L2.java [http://localhost:8080]
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

/** Buys a charger under an authority for just that. */
public final class L2 {

  private L2() {}

  public static void main(String[] args) {
    System.out.println("got      " + buy(URI.create(args.length > 0 ? args[0] : "http://localhost:8080")));
  }

  public static JsonNode buy(URI server) {
    var client = new SandboxClient(new JdkOutboundClient());
    var name = "java-l2-" + UUID.randomUUID().toString().substring(0, 8);
    var world = client.newWorld(server, null, Map.of("name", name));
    var principal = new AgentPrincipal(client, world);
    var registered = ActAgent.register(client, world, name);
    var agent = registered.payingWith(principal.bind(registered.agentId(), "balance"));

    var now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    var isr =
        (ObjectNode)
            Json.parse(
                """
                {"conversation_history": {"user_intent_raw": "Buy me one phone charger, at most 60 yuan"},
                 "currency": "CNY", "delegation_mode": "SPECIFIED", "allowed_payment_methods": ["balance"],
                 "ext": {"vendor_private": {"targets": [{"kind": "shop", "what": "charger", "quantity": 1}]}}}
                """);
    isr.put("intent_id", "I-" + name);
    isr.put("validity_start_time", now.minusSeconds(60).toString());
    isr.put("validity_end_time", now.plus(1, ChronoUnit.DAYS).toString());
    // A draft with open questions is no mistake: the answer says what the principal still has to be asked.
    for (var question : agent.askAuthority(isr).path("open_questions")) {
      System.out.println("open     " + question.path("field").asString() + " " + question.at("/question/en").asString());
    }
    for (var line : agent.askAuthority(isr.put("max_total_amount", 60)).path("summary")) {
      System.out.println("signs    " + line.at("/text/en").asString());
    }
    // A person reads that in the console and enters the PIN.
    var delegationId = principal.giveAuthority("I-" + name);
    var authority = agent.authority(delegationId);

    var need = Json.parse("{\"kind\":\"shop\",\"terms\":\"charger\",\"features\":[],\"quantity\":1}");
    var offer =
        agent.offers("luma-mart", need, 3, "I-" + name).stream()
            .min(Comparator.comparing(each -> new BigDecimal(each.path("total").asString())))
            .orElseThrow();
    System.out.println("offer    " + offer.at("/title/en").asString() + " " + offer.path("total").asString());
    var order = agent.confirmCart("luma-mart", offer, delegationId);
    var delivery = agent.payUnder(authority, order);
    System.out.println("left     " + agent.sums(delegationId).path("left").asString());
    agent.giveBack(delegationId);
    System.out.println("returned " + delegationId);
    return delivery;
  }
}
