// Be told instead of asking: a payment with a callback.   java -cp 'lib/*' Callback.java [http://localhost:8080]
// It needs a JDK 25. lib has act-agent and what it needs; ./run install-kit --lib lib writes it.
// The sandbox calls addresses on this machine without a setting; others with --set outbound-hosts=HOST.
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.actsandbox.client.ActAgent;
import org.actsandbox.client.AgentPrincipal;
import org.actsandbox.client.JdkOutboundClient;
import org.actsandbox.client.SandboxClient;
import org.actsandbox.protocol.json.Json;
import tools.jackson.databind.JsonNode;

/** Buys a charger in a world of its own, and is told that it is paid. */
public final class Callback {

  private Callback() {}

  public static void main(String[] args) throws Exception {
    System.out.println("got      " + buy(URI.create(args.length > 0 ? args[0] : "http://localhost:8080")));
  }

  public static JsonNode buy(URI server) throws Exception {
    var told = new CompletableFuture<JsonNode>();
    var listener = listen(told);
    try {
      var callback = URI.create("http://127.0.0.1:" + listener.getAddress().getPort() + "/told");
      var client = new SandboxClient(new JdkOutboundClient());
      var name = "java-callback-" + UUID.randomUUID().toString().substring(0, 8);
      var world = client.newWorld(server, null, Map.of("name", name));
      var principal = new AgentPrincipal(client, world);
      var registered = ActAgent.register(client, world, name);
      var agent = registered.payingWith(principal.bind(registered.agentId(), "balance"));

      var need = Json.parse("{\"kind\":\"shop\",\"terms\":\"charger\",\"features\":[],\"quantity\":1}");
      var order = agent.confirmCart("luma-mart", agent.offers("luma-mart", need, 1).getFirst());
      System.out.println("order    " + order.path("order_no").asString());
      var payment = agent.requestPayment(order, agent.bill(order), callback);
      // A person, at the payment's cashier_url; here their key stands in for them.
      principal.approvePayment(payment.path("trade_no").asString());

      var notice = told.get(60, TimeUnit.SECONDS);
      var signer = agent.verified(notice);
      System.out.println("told     " + notice.path("event").asString() + " by " + signer);
      if (!signer.equals("did:act:sandbox-pay") || !notice.path("trade_no").equals(payment.path("trade_no"))) {
        throw new IllegalStateException("the notification is not signed by the payment service");
      }
      // A notification is a hint to look, and no proof: that comes from the payment service.
      return agent.collect(order, agent.waitForPayment(notice.path("trade_no").asString()));
    } finally {
      listener.stop(0);
    }
  }

  /** Takes notifications and answers 200 at once: what is not answered is sent again. */
  private static HttpServer listen(CompletableFuture<JsonNode> told) throws IOException {
    var listener = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    listener.createContext(
        "/told",
        exchange -> {
          var body = exchange.getRequestBody().readAllBytes();
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
          told.complete(Json.parse(body));
        });
    listener.start();
    return listener;
  }
}
