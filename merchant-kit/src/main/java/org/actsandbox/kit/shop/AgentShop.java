package org.actsandbox.kit.shop;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.actsandbox.kit.A402Gate;
import org.actsandbox.kit.DidResolver;
import org.actsandbox.kit.GateAnswer;
import org.actsandbox.kit.GateEvent;
import org.actsandbox.kit.GatePricing;
import org.actsandbox.kit.GateRequest;
import org.actsandbox.kit.MerchantSettings;
import org.actsandbox.kit.PaymentRefunds;
import org.actsandbox.kit.ProtectedResource;
import org.actsandbox.kit.RequestRefusedException;
import org.actsandbox.kit.SaleTerms;
import org.actsandbox.kit.SignedMessages;
import org.actsandbox.kit.VerifiedProof;
import org.actsandbox.kit.delivery.DeliveredContent;
import org.actsandbox.kit.delivery.DeliveryBody;
import org.actsandbox.kit.delivery.DeliveryStore;
import org.actsandbox.protocol.a402.A402Headers;
import org.actsandbox.protocol.commerce.Delivery;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.refusal.ErrorBody;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.wire.JsonMessage;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Answers everything that agents and the services of the world ask a shop: agent card, payment
 * capability, catalog, intents, carts, orders behind 402, cancellation, notifications, disputes,
 * and paid pages beside the goods.
 *
 * <p>Orders are kept in memory: a shop that is started again knows none of the earlier ones, and
 * gives nothing back for them. What was delivered is in the {@link DeliveryStore}.
 *
 * <p>Example, with the HTTP server of the JDK:
 *
 * {@snippet :
 * var shop = AgentShop.builder(MerchantSettings.read(Path.of("shop.env")), goods).name("Tea shop").build();
 * server.createContext("/", new ShopHandler(shop));
 * }
 *
 * <p>An instance can be used by many threads and is closed at the end of the process.
 */
public final class AgentShop implements AutoCloseable {

  private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(5);

  /** The first part of each path that agents ask. */
  private static final Set<String> ROOTS =
      Set.of(".well-known", "catalog", "intents", "carts", "orders", "fulfilment");

  private final MerchantSettings settings;
  private final ShopProfile profile;
  private final ShopGoods goods;
  private final InstantSource machineTime;
  private final Map<String, Page> pages;
  private final SignedMessages messages;
  private final OrderBook orders;
  private final ShopCarts carts;
  private final ShopIntents intents;
  private final ShopDocuments documents;
  private final A402Gate gate;

  private record Page(String price, ProtectedResource resource) {}

  private AgentShop(Builder builder) {
    this.settings = builder.settings;
    this.profile = new ShopProfile(builder.name, builder.description, builder.deliveryTime);
    this.goods = builder.goods;
    this.machineTime = builder.machineTime;
    this.pages = Map.copyOf(builder.pages);
    this.messages = new SignedMessages(settings, new DidResolver(settings.world()));
    this.orders = new OrderBook(goods, new PaymentRefunds(settings));
    this.carts = new ShopCarts(settings, messages, goods, orders);
    this.intents = new ShopIntents(settings, profile, goods);
    this.documents = new ShopDocuments(settings, profile);
    this.gate =
        A402Gate.builder(settings)
            .pricing(new Pricing())
            .deliveries(builder.store)
            .machineTime(machineTime)
            .notifications(orders::notified)
            .listener(builder.listener)
            .build();
  }

  /** Begins the shop of this merchant. */
  public static Builder builder(MerchantSettings settings, ShopGoods goods) {
    return new Builder(settings, goods);
  }

  /** Collects what a shop needs. */
  public static final class Builder {

    private final MerchantSettings settings;
    private final ShopGoods goods;
    private final Map<String, Page> pages = new HashMap<>();
    private String name;
    private String description = "Sells goods to agents.";
    private Duration deliveryTime = Duration.ofDays(2);
    private InstantSource machineTime = InstantSource.system();
    private DeliveryStore store = DeliveryStore.inMemory();
    private Consumer<GateEvent> listener = _ -> {};

    private Builder(MerchantSettings settings, ShopGoods goods) {
      this.settings = settings;
      this.goods = goods;
      this.name = settings.id();
    }

    /** Sets the name for people; the merchant's id if it is not set. */
    public Builder name(String shown) {
      this.name = shown;
      return this;
    }

    /** Sets the sentence on the agent card that says what the shop sells. */
    public Builder description(String sentence) {
      this.description = sentence;
      return this;
    }

    /** Sets the time from an order to its parcel at the buyer; two days if it is not set. */
    public Builder deliveryTime(Duration time) {
      this.deliveryTime = time;
      return this;
    }

    /**
     * Sells a page, too, without a cart.
     *
     * @param path such as {@code /report}
     * @param yuan what one request costs, with two places, such as {@code 0.50}
     */
    public Builder page(String path, String yuan, ProtectedResource resource) {
      pages.put(path, new Page(yuan, resource));
      return this;
    }

    /** Sets where deliveries are kept; in memory if it is not set. */
    public Builder deliveries(DeliveryStore deliveries) {
      this.store = deliveries;
      return this;
    }

    /** Sets the time of requests without {@code Act-Time}; the machine's if it is not set. */
    public Builder machineTime(InstantSource source) {
      this.machineTime = source;
      return this;
    }

    /** Has the listener told of bills, deliveries and refusals, on the thread where they happen. */
    public Builder listener(Consumer<GateEvent> events) {
      this.listener = events;
      return this;
    }

    /** Makes the shop. */
    public AgentShop build() {
      return new AgentShop(this);
    }
  }

  /** Says what an order or a page costs. */
  private final class Pricing implements GatePricing {

    @Override
    public SaleTerms terms(GateRequest request, Instant now) {
      var path = path(request);
      var page = pages.get(path);
      return page != null
          ? new SaleTerms(null, page.price(), now.plus(Duration.ofMinutes(15)), null, null)
          : orders.terms(orderNo(path), request.header(A402Headers.PAYMENT_PROOF) != null, now);
    }

    @Override
    public Optional<SaleTerms> sale(String outTradeNo) {
      return orders.sale(outTradeNo);
    }
  }

  /**
   * Says whether a path is the shop's, for an application that has other paths as well.
   *
   * @param path below the merchant's address, such as {@code /catalog/tea-1}
   */
  public boolean serves(String path) {
    var root = path.split("/", 3);
    return pages.containsKey(path)
        || A402Gate.SERVICE_PATHS.contains(path)
        || (root.length > 1 && ROOTS.contains(root[1]));
  }

  /** Answers a request; never fails because of it. */
  public GateAnswer answer(GateRequest request) {
    try {
      var path = path(request);
      if (A402Gate.SERVICE_PATHS.contains(path)) {
        return gate.serviceMessage(request);
      }
      var method = request.method().equals("HEAD") ? "GET" : request.method();
      var page = pages.get(path);
      if (page != null) {
        return gate.answer(request, page.resource());
      }
      if (method.equals("GET") && path.startsWith("/fulfilment/")) {
        return gate.answer(request, this::deliver);
      }
      return free(request, method, path.split("/", -1));
    } catch (RequestRefusedException refused) {
      return error((Refusal) Objects.requireNonNull(refused.getCause()));
    } catch (Refusal refusal) {
      return error(refusal);
    }
  }

  private GateAnswer free(GateRequest request, String method, String[] path) {
    var now = request.time(machineTime);
    return switch (method + " " + (path.length > 1 ? path[1] : "")) {
      case "GET .well-known" -> json(200, document(String.join("/", path)));
      case "GET catalog" -> json(200, catalog(path, now));
      case "POST intents" -> json(200, intents(request, now));
      case "POST carts" -> json(201, cart(request, now));
      case "GET orders" -> json(200, shown(request, path, now));
      case "POST orders" -> json(200, cancelled(request, path, now));
      default -> throw notFound();
    };
  }

  private String document(String path) {
    return switch (path) {
      case "/.well-known/agent-card.json" -> documents.card();
      case ShopDocuments.CAPABILITY -> documents.capability();
      default -> throw notFound();
    };
  }

  private String catalog(String[] path, Instant now) {
    orders.endHolds(now);
    if (path.length == 2) {
      return documents.catalog(goods.items());
    }
    return goods.items().stream()
        .filter(each -> path.length == 3 && each.id().equals(path[2]))
        .findFirst()
        .map(each -> Json.write(documents.entry(each)))
        .orElseThrow(AgentShop::notFound);
  }

  private String intents(GateRequest request, Instant now) {
    orders.endHolds(now);
    var message =
        JsonMessage.parse(request.body(), Problem.INTENT_MALFORMED, Problem.INTENT_MALFORMED);
    return intents.answer(message, agent(message.raw(), request, now), now);
  }

  private String cart(GateRequest request, Instant now) {
    var message = JsonMessage.parse(request.body());
    return carts.confirm(message, agent(message.raw(), request, now), now);
  }

  private String shown(GateRequest request, String[] path, Instant now) {
    var agent = request.header("Act-Sender");
    if (path.length != 3 || agent == null) {
      throw notFound();
    }
    return orders.shown(path[2], agent, now);
  }

  private String cancelled(GateRequest request, String[] path, Instant now) {
    if (path.length != 4 || !path[3].equals("cancel")) {
      throw notFound();
    }
    var message = JsonMessage.parse(request.body());
    var agent = agent(message.raw(), request, now);
    if (!message.raw().path("order_no").asString("").equals(path[2])) {
      throw new Refusal(Problem.NOT_FOUND, "the message is about another order").at("order_no");
    }
    return orders.cancel(path[2], agent, now);
  }

  /** Returns the agent that signed a message of this time as itself. */
  private String agent(ObjectNode message, GateRequest request, Instant now) {
    var signer = messages.verify(request.body()).signerDid();
    if (!message.path("agent_id").asString("").equals(signer)) {
      throw new Refusal(Problem.ACCESS_RESTRICTED, "agent_id is not the signer")
          .at("agent_id")
          .expected(signer);
    }
    var sentAt = time(message.path("timestamp"));
    if (Duration.between(sentAt, now).abs().compareTo(CLOCKS_DIFFER) > 0) {
      throw new Refusal(Problem.EXPIRED_REQUEST, "the message is not of this time")
          .at("timestamp")
          .expected("within 5 minutes of " + now)
          .observed(sentAt.toString());
    }
    return signer;
  }

  private static Instant time(JsonNode timestamp) {
    try {
      return Instant.parse(timestamp.asString(""));
    } catch (DateTimeException malformed) {
      throw new Refusal(Problem.INVALID_FIELD, "timestamp is not a time")
          .at("timestamp")
          .expected("a time in UTC such as 2026-11-25T01:00:00Z");
    }
  }

  private DeliveredContent deliver(GateRequest request, VerifiedProof proof) throws IOException {
    var sent = orders.deliver(orderNo(path(request)), proof, request.time(machineTime));
    var order = sent.order();
    var item =
        new Delivery.Item(
            Text.untranslated(order.item().name()),
            Text.untranslated("standard"),
            order.quantity());
    var promised = order.confirmedAt().plus(profile.deliveryTime()).atOffset(ZoneOffset.UTC);
    return DeliveredContent.json(
        Json.write(new Delivery.Shop(List.of(item), "home", promised, sent.parcelNo())));
  }

  /** Returns the path below the merchant's address. */
  private String path(GateRequest request) {
    var path = request.target().split("\\?", 2)[0];
    var prefix = Objects.requireNonNullElse(settings.url().getRawPath(), "");
    return path.startsWith(prefix) ? path.substring(prefix.length()) : path;
  }

  private static String orderNo(String path) {
    return path.substring("/fulfilment/".length());
  }

  private static Refusal notFound() {
    return new Refusal(Problem.NOT_FOUND, "nothing is here");
  }

  private static GateAnswer json(int status, String body) {
    return new GateAnswer(
        status,
        Map.of("Content-Type", "application/json", "Cache-Control", "no-store"),
        DeliveryBody.of(body));
  }

  private static GateAnswer error(Refusal refusal) {
    var body = Json.object();
    body.set("error", Json.tree(ErrorBody.of(refusal)));
    // The addresses of these texts are the sandbox's, and relative.
    if (body.at("/error/details") instanceof ObjectNode details) {
      details.remove("help_url");
      details.remove("rule_url");
    }
    var answer = json(refusal.problem().status(), Json.write(body));
    if (refusal.retryAfterSeconds() == null) {
      return answer;
    }
    var headers = new HashMap<>(answer.headers());
    headers.put("Retry-After", String.valueOf(refusal.retryAfterSeconds()));
    return new GateAnswer(answer.status(), headers, answer.body());
  }

  /** Ends the reports in the background; a store on disk keeps what is not reported yet. */
  @Override
  public void close() {
    gate.close();
  }
}
